package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.main.Main;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.IMSessionEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code camel.component.imsession.*} in an application.properties. */
class MainConfigurationTest {

    private static final String PREFIX = "camel.component.imsession.";

    static List<Option> options() {
        return Option.all("componentProperties");
    }

    private static Main started(String... properties) {
        Main main = new Main();
        main.configure().withJmxEnabled(false);
        main.setPropertyPlaceholderLocations("false");
        Option.bind(main::bind);
        for (int i = 0; i < properties.length; i += 2) {
            main.addInitialProperty(properties[i], properties[i + 1]);
        }
        main.start();
        return main;
    }

    @ParameterizedTest
    @MethodSource("options")
    void eachOptionOfTheComponentCanBeSetInBothSpellings(Option option) {
        String kebab = option.name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        for (String spelling : List.of(option.name(), kebab)) {
            Main main = started(PREFIX + spelling, option.text());
            try {
                IMSessionComponent component = main.getCamelContext().getComponent("imsession",
                        IMSessionComponent.class);
                assertThat(option.in(component, component.getConfiguration())).isEqualTo(option.value());
            } finally {
                main.stop();
            }
        }
    }

    @Test
    void whatIsSetThereHoldsForEachEndpoint() {
        List<String> properties = new ArrayList<>(List.of(PREFIX + "server-url", "https://gws.example.com",
                PREFIX + "password", "p&w+%", PREFIX + "connect-timeout", "7s", PREFIX + "requestTimeout", "8s"));
        Main main = started(properties.toArray(String[]::new));
        try {
            IMSessionEndpoint endpoint = main.getCamelContext().getEndpoint("imsession:alice?requestTimeout=9s",
                    IMSessionEndpoint.class);
            assertThat(endpoint.getServiceUrl()).isEqualTo("https://gws.example.com");
            assertThat(endpoint.getConfiguration().getPassword()).isEqualTo("p&w+%");
            assertThat(endpoint.getConfiguration().getConnectTimeout()).isEqualTo(7000);
            assertThat(endpoint.getConfiguration().getRequestTimeout()).isEqualTo(9000);
        } finally {
            main.stop();
        }
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThatThrownBy(() -> started(PREFIX + "pasword", "x").stop()).hasStackTraceContaining("pasword");
    }
}
