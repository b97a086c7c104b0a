package org.imsession.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.imsession.camel.options.OptionBound;
import org.imsession.camel.pages.Page;
import org.imsession.camel.springboot.IMSessionAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Texts that are no numbers were taken for 0, and a delay of 0 made 771 logins in 4 s. */
class OptionBoundTest {

    private static final String PREFIX = "camel.component.imsession.";
    private static final List<String> UNREADABLE = List.of("1.5", "90%", "0.9", "abc", "5S", "5 s", "1,000", "1e3", "--5",
            "5x", "PT", "s", "99999999999999999999999", "-1", "0x10");

    private static Stream<OptionBound> all() {
        return Stream.concat(new IMSessionConfiguration().bounds().stream(),
                new IMSessionComponent().bounds().stream());
    }

    private static Optional<OptionBound> bound(String option) {
        return all().filter(each -> each.option().equals(option)).findFirst();
    }

    /** A way to give an option. */
    enum Way {
        ADDRESS {
            @Override
            void give(String option, String text) throws Exception {
                try (DefaultCamelContext context = new DefaultCamelContext()) {
                    context.getEndpoint("imsession:alice?" + option + "=RAW(" + text + ")");
                }
            }
        },
        PROPERTY {
            @Override
            void give(String option, String text) {
                Main main = new Main();
                main.configure().withJmxEnabled(false);
                main.setPropertyPlaceholderLocations("false");
                main.addInitialProperty(PREFIX + option, text);
                try {
                    main.start();
                } finally {
                    main.stop();
                }
            }
        },
        SPRING {
            @Override
            void give(String option, String text) throws Exception {
                StandardEnvironment environment = new StandardEnvironment();
                environment.getPropertySources().addLast(new MapPropertySource("file", Map.of(PREFIX + option, text)));
                ConfigurationPropertySources.attach(environment);
                try (DefaultCamelContext context = new DefaultCamelContext()) {
                    context.getRegistry().bind("options", ComponentCustomizer.class,
                            new IMSessionAutoConfiguration().imsessionOptions(environment));
                    context.getComponent("imsession").start();
                }
            }
        };

        abstract void give(String option, String text) throws Exception;

        boolean knows(OptionBound bound) {
            return this != ADDRESS || new IMSessionConfiguration().bounds().contains(bound);
        }

        /** What is reported in the end. */
        String refusal(String option, String text) {
            Throwable each = catchThrowable(() -> give(option, text));
            assertThat(each).as(option + "=" + text).isNotNull();
            while (each.getCause() != null) {
                each = each.getCause();
            }
            return each.getMessage();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatCannotBeReadIsRefusedWithOptionValueAndForm(Way way) {
        for (OptionBound bound : all().filter(way::knows).toList()) {
            assertThat(way.refusal(bound.option(), "1.5")).contains(bound.option() + "=1.5 cannot be read",
                    bound.form());
        }
        for (String text : UNREADABLE) {
            assertThat(way.refusal("reconnectDelay", text)).contains("reconnectDelay=" + text,
                    "a duration from 50ms to 1h");
            assertThat(way.refusal("minLiveAgents", text)).contains("minLiveAgents=" + text,
                    "a whole number from 1 to 100");
        }
    }

    @Test
    void lettersOfANameMayBeCasedInAnyWay() {
        assertThat(Way.PROPERTY.refusal("RECONNECTDELAYMAX", "1.5")).contains("reconnectDelayMax=1.5 cannot be read");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsBelowTheFloorOrAboveTheCeilingIsRefused(Way way) throws Exception {
        for (OptionBound bound : all().filter(way::knows).toList()) {
            for (long out : new long[] { bound.least() - 1, bound.greatest() + 1 }) {
                assertThat(way.refusal(bound.option(), String.valueOf(out)))
                        .contains(bound.option() + "=" + out + " is out of bounds", bound.form());
            }
            way.give(bound.option(), String.valueOf(bound.least()));
            way.give(bound.option(), String.valueOf(bound.greatest()));
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void otherKindsOfValuesAreRefusedTheSame(Way way) {
        assertThat(way.refusal("ackFailed", "tru")).contains("ackFailed=tru cannot be read; give true or false");
        assertThat(way.refusal("reconnectJitter", "all")).contains("reconnectJitter=all cannot be read; give a number");
        assertThat(way.refusal("reconnectMultiplier", "NaN")).contains("reconnectMultiplier=NaN cannot be read");
        assertThat(way.refusal("messageTypes", "logUpdates")).contains("messageTypes=logUpdates cannot be read",
                "[all, stateChange, logUpdate]");
    }

    @Test
    void whatIsSetInJavaIsLookedAtWhenItIsUsed() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            IMSessionEndpoint endpoint = context.getEndpoint("imsession:alice?serverUrl=http://gws&password=x",
                    IMSessionEndpoint.class);
            endpoint.getConfiguration().setReconnectDelay(0);
            assertThat(catchThrowable(endpoint::connection)).hasMessageContaining("reconnectDelay=0 is out of bounds");
            context.getComponent("imsession", IMSessionComponent.class).setWorkerThreads(0);
            assertThat(catchThrowable(context::start)).hasStackTraceContaining("workerThreads=0 is out of bounds");
        }
    }

    @ParameterizedTest
    @CsvSource({ "5000, 5000", "5s, 5000", "1m30s, 90000", "1h, 3600000", "250ms, 250", "PT1M, 60000", "' 7s ', 7000" })
    void durationsAreReadAsPeopleWriteThem(String text, long millis) throws Exception {
        for (Way way : Way.values()) {
            way.give("reconnectDelayMax", text);
        }
        assertThat(bound("reconnectDelayMax").orElseThrow().read(text))
                .isEqualTo(java.time.Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://gws.example.com:99999", "http://gws.example.com:0", "https://gws:65536/x" })
    void aPortThatThereCannotBeIsRefused(String url) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            IMSessionEndpoint endpoint = context.getEndpoint("imsession:alice?password=x&serverUrl=" + url,
                    IMSessionEndpoint.class);
            assertThat(catchThrowable(endpoint::connection)).hasMessageContaining("serverUrl '" + url)
                    .hasMessageContaining("1 to 65535");
        }
    }

    @ParameterizedTest
    @CsvSource({ "pasword, password", "passwort, password", "password-fle, password-file", "server-ulr, server-url",
            "reconectDelay, reconnect-delay" })
    void aMisspeltPropertyIsRefusedWithTheNameThatWasMeantAndWithoutItsValue(String option, String meant) {
        Throwable refused = catchThrowable(() -> Way.PROPERTY.give(option, "s3cret-Passw0rd"));
        StringWriter all = new StringWriter();
        refused.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).contains(PREFIX + option + " is no option of the component; did you mean " + PREFIX
                + meant + "?").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({ "minLiveAgnts=5, minLiveAgnts is no option of the endpoint; did you mean minLiveAgents?",
            "password=Zq&w7y=9, Something that is no option stands in the address" })
    void aMisspeltParameterIsRefusedWithoutItsValue(String options, String told) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Throwable refused = catchThrowable(() -> context.getEndpoint("imsession:alice?" + options));
            assertThat(refused).rootCause().hasMessageStartingWith(told).hasMessageNotContaining("w7y");
        }
    }

    @Test
    void eachWholeNumberAndDurationHasBoundsAndTheReadmeShowsThem() throws Exception {
        JsonObject metadata = (JsonObject) Jsoner.deserialize(new String(getClass()
                .getResourceAsStream("/META-INF/org/imsession/camel/imsession.json").readAllBytes()));
        List<String> without = new ArrayList<>();
        metadata.getMap("componentProperties").forEach((name, option) -> {
            String type = String.valueOf(((Map<?, ?>) option).get("type"));
            if ((type.equals("integer") || type.equals("duration")) && bound((String) name).isEmpty()) {
                without.add((String) name);
            }
        });
        assertThat(without).isEmpty();
        List<String> rows = all().map(bound -> "| `%s` | %s | %s |".formatted(bound.option(),
                bound.written(bound.least()), bound.written(bound.greatest()))).sorted().toList();
        assertThat(Page.manual("reference").text()).contains("| Option | From | To |\n|---|---:|---:|\n"
                + String.join("\n", rows) + "\n\n");
    }
}
