package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.IMSessionConfiguration;
import org.imsession.camel.springboot.IMSessionAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * {@code camel.component.imsession.*} as Spring's environment has it; the sample in src/it starts all of Spring Boot.
 */
class SpringBootConfigurationTest {

    private static final String PREFIX = "camel.component.imsession.";
    private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, Object> file = new HashMap<>();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    static List<Option> options() {
        return Option.all("componentProperties");
    }

    @AfterEach
    void close() throws IOException {
        camel.close();
    }

    /** Ranked as Spring Boot ranks them: environment variables above a file. */
    private IMSessionComponent started() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().replace(VARIABLES, new SystemEnvironmentPropertySource(VARIABLES, variables));
        environment.getPropertySources().addLast(new MapPropertySource("application.properties", file));
        ConfigurationPropertySources.attach(environment);
        IMSessionAutoConfiguration configuration = new IMSessionAutoConfiguration();
        camel.getRegistry().bind("options", ComponentCustomizer.class, configuration.imsessionOptions(environment));
        Option.bind(camel.getRegistry()::bind);
        configuration.imsessionOptionsCheck(camel, environment).afterSingletonsInstantiated();
        return camel.getComponent("imsession", IMSessionComponent.class);
    }

    private String refusal() {
        Throwable refused = catchThrowable(this::started);
        assertThat(refused).isNotNull();
        StringWriter everything = new StringWriter();
        refused.printStackTrace(new PrintWriter(everything));
        return everything.toString();
    }

    private static String kebab(Option option) {
        return option.name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @MethodSource("options")
    void eachOptionCanBeSetInAFile(Option option) {
        file.put(PREFIX + kebab(option), option.text());
        IMSessionComponent component = started();
        assertThat(option.in(component, component.getConfiguration())).isEqualTo(option.value());
    }

    @ParameterizedTest
    @MethodSource("options")
    void eachOptionCanBeSetAsSpelledInJava(Option option) {
        file.put(PREFIX + option.name(), option.text());
        IMSessionComponent component = started();
        assertThat(option.in(component, component.getConfiguration())).isEqualTo(option.value());
    }

    @ParameterizedTest
    @MethodSource("options")
    void eachOptionCanBeSetByAnEnvironmentVariableWithAndWithoutUnderscores(Option option) {
        String spelling = option.name().length() % 2 == 0 ? kebab(option).replace('-', '_') : option.name();
        variables.put("CAMEL_COMPONENT_IMSESSION_" + spelling.toUpperCase(Locale.ROOT), option.text());
        IMSessionComponent component = started();
        assertThat(option.in(component, component.getConfiguration())).isEqualTo(option.value());
    }

    @ParameterizedTest
    @CsvSource({ "SERVERURL, server-url", "SERVER_URL, server-url", "SERVERURL, serverUrl", "SERVER_URL, serverUrl" })
    void anEnvironmentVariableOverridesTheFileHoweverBothAreSpelled(String variable, String property) {
        variables.put("CAMEL_COMPONENT_IMSESSION_" + variable, "https://variable.example.com");
        file.put(PREFIX + property, "https://file.example.com");
        assertThat(started().getConfiguration().getServerUrl()).isEqualTo("https://variable.example.com");
    }

    @ParameterizedTest
    @CsvSource({ "7s, 7000", "250ms, 250", "9000, 9000", "PT1M, 60000" })
    void durationsMayBeWrittenInEveryWayThatCamelKnows(String text, long millis) {
        file.put(PREFIX + "connect-timeout", text);
        assertThat(started().getConfiguration().getConnectTimeout()).isEqualTo(millis);
    }

    @Test
    void valuesFromYamlNeedNotBeTexts() {
        file.put(PREFIX + "max-pending", 50);
        file.put(PREFIX + "ack-failed", false);
        IMSessionConfiguration configuration = started().getConfiguration();
        assertThat(configuration.getMaxPending()).isEqualTo(50);
        assertThat(configuration.isAckFailed()).isFalse();
    }

    @Test
    void aSharedConfigurationIsTakenBeforeSingleOptions() {
        IMSessionConfiguration shared = new IMSessionConfiguration();
        shared.setServerUrl("https://shared.example.com");
        shared.setMaxPending(5);
        camel.getRegistry().bind("shared", shared);
        file.put(PREFIX + "configuration", "#bean:shared");
        file.put(PREFIX + "api-path", "/other");
        file.put(PREFIX + "configuration.max-pending", "6");
        IMSessionConfiguration configuration = started().getConfiguration();
        assertThat(configuration.getServerUrl()).isEqualTo("https://shared.example.com");
        assertThat(configuration.getApiPath()).isEqualTo("/other");
        assertThat(configuration.getMaxPending()).isEqualTo(6);
    }

    @Test
    void placeholdersOfSpringAndOfCamelAreResolved() {
        file.put("gws.host", "gws.example.com");
        file.put(PREFIX + "server-url", "https://${gws.host}");
        camel.getPropertiesComponent().addInitialProperty("alice.password", "s3cret");
        file.put(PREFIX + "password", "{{alice.password}}");
        IMSessionConfiguration configuration = started().getConfiguration();
        assertThat(configuration.getServerUrl()).isEqualTo("https://gws.example.com");
        assertThat(configuration.getPassword()).isEqualTo("s3cret");
    }

    @Test
    void aSecondComponentHasOptionsOfItsOwn() {
        camel.getRegistry().bind("imsessionEast", new IMSessionComponent());
        file.put(PREFIX + "max-pending", "7");
        file.put("camel.component.imsession-east.max-pending", "8");
        assertThat(started().getConfiguration().getMaxPending()).isEqualTo(7);
        assertThat(camel.getComponent("imsessionEast", IMSessionComponent.class).getConfiguration().getMaxPending())
                .isEqualTo(8);
    }

    @Test
    void withoutOptionsTheComponentIsNotMadeBeforeItIsUsed() {
        camel.getRegistry().bind("imsession", IMSessionComponent.class, () -> {
            throw new AssertionError("made");
        });
        assertThatThrownBy(this::started).hasStackTraceContaining("getComponent");
        assertThat(camel.hasComponent("imsession")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "pasword", "passwrd", "configuration-password" })
    void anOptionThatIsNoneIsRefusedByNameWithoutItsValue(String option) {
        file.put(PREFIX + option, "s3cret");
        assertThat(refusal()).contains(PREFIX + option).contains("is no option").doesNotContain("s3cret");
    }

    @Test
    void theOptionThatWasProbablyMeantIsNamed() {
        file.put(PREFIX + "server-ulr", "https://gws.example.com");
        file.put(PREFIX + "key.store", "x");
        variables.put("CAMEL_COMPONENT_IMSESSION_PASWORD", "x");
        assertThat(refusal()).containsPattern("server-ulr .*did you mean " + PREFIX + "server-url\\?\n")
                .containsPattern("CAMEL_COMPONENT_IMSESSION_PASWORD.*did you mean " + PREFIX + "password\\?\n")
                .containsPattern("key.store .*is no option of the component\n");
    }

    @Test
    void aValueThatCannotBeIsRefusedWithTheNameOfItsOption() {
        file.put(PREFIX + "max-pending", "many");
        assertThat(refusal()).contains(PREFIX + "max-pending").contains("many");
    }

    @ParameterizedTest
    @CsvSource({ "password, #bean:s3cret", "proxy-password, #type:s3cret", "password, a${s3cret}",
            "password, {{s3cret}}",
            "credentials, #class:com.example.Missing(s3cret)" })
    void aSecretIsNeverInTheRefusal(String option, String value) {
        file.put(PREFIX + option, value);
        assertThat(refusal()).contains(PREFIX + option).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = { PREFIX + "enabled", PREFIX + "customizer.enabled", "camel.component.enabled",
            "camel.component.customizer.enabled" })
    void theAutoConfigurationCanBeSwitchedOffLikeAStarterOfCamel(String property) {
        file.put(PREFIX + "max-pending", "7");
        file.put(property, "false");
        assertThat(started().getConfiguration().getMaxPending()).isEqualTo(1000);
    }

    @Test
    void theComponentItselfHasTheLastWordOnWhetherItIsSwitchedOff() {
        file.put(PREFIX + "max-pending", "7");
        file.put("camel.component.enabled", "false");
        file.put(PREFIX + "enabled", "true");
        assertThat(started().getConfiguration().getMaxPending()).isEqualTo(7);
    }
}
