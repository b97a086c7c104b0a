package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Properties;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.ObjectHelper;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.IMSessionConfiguration;
import org.imsession.camel.IMSessionEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of an endpoint's URI. */
class OptionsTest {

    private static DefaultCamelContext context;

    @BeforeAll
    static void start() {
        context = started();
    }

    private static DefaultCamelContext started() {
        DefaultCamelContext started = new DefaultCamelContext();
        started.disableJMX();
        Option.bind(started.getRegistry()::bind);
        started.start();
        return started;
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    static List<Option> options() {
        return Option.all("properties");
    }

    private IMSessionEndpoint endpoint(String uri) {
        return context.getEndpoint(uri, IMSessionEndpoint.class);
    }

    @ParameterizedTest
    @MethodSource("options")
    void eachCanBeSet(Option option) {
        IMSessionEndpoint endpoint = endpoint("imsession:alice?" + option.name() + "=" + option.text());
        assertThat(option.in(endpoint, endpoint.getConfiguration())).isEqualTo(option.value());
    }

    @ParameterizedTest
    @MethodSource("options")
    void noOptionHasThatValueByItself(Option option) {
        IMSessionEndpoint endpoint = endpoint("imsession:alice");
        assertThat(option.in(endpoint, endpoint.getConfiguration())).isNotEqualTo(option.value());
    }

    @Test
    void aRawPasswordIsTakenAsItIs() {
        IMSessionEndpoint endpoint = endpoint("imsession:alice?password=RAW(a&b+c%d 1)&username=bob");
        assertThat(endpoint.getConfiguration().getPassword()).isEqualTo("a&b+c%d 1");
        assertThat(endpoint.getConfiguration().getUsername()).isEqualTo("bob");
        assertThat(endpoint.toString()).doesNotContain("a&b");
    }

    @Test
    void propertyPlaceholdersAreResolved() {
        Properties properties = new Properties();
        properties.setProperty("alice.password", "p&w+%");
        properties.setProperty("gws", "https://gws.example.com");
        context.getPropertiesComponent().setOverrideProperties(properties);
        IMSessionEndpoint endpoint = endpoint("imsession:alice?serverUrl={{gws}}&password=RAW({{alice.password}})");
        assertThat(endpoint.getConfiguration().getPassword()).isEqualTo("p&w+%");
        assertThat(endpoint.getServiceUrl()).isEqualTo("https://gws.example.com");
    }

    @ParameterizedTest
    @CsvSource({ "250, 250", "5s, 5000", "2m, 120000", "1h, 3600000", "1m30s, 90000" })
    void durationsReadAsPeopleWriteThem(String text, long millis) {
        assertThat(endpoint("imsession:alice?reconnectDelayMax=" + text).getConfiguration().getReconnectDelayMax()).isEqualTo(millis);
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThatThrownBy(() -> endpoint("imsession:alice?pasword=x")).hasRootCauseMessage(
                "pasword is no option of the endpoint; did you mean password?");
    }

    @Test
    void anEndpointWithoutAnAgentIsRefused() {
        assertThatThrownBy(() -> endpoint("imsession:?serverUrl=http://127.0.0.1")).hasStackTraceContaining(
                "write imsession:<login name of the agent>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "password=x                                        | serverUrl is missing; give the address of GWS",
            "serverUrl=http://127.0.0.1                        | set the option passwordFile",
            "serverUrl=gws.example.com&password=x              | https://gws.example.com:8443",
            "serverUrl=ftp://gws&password=x                    | serverUrl",
            "serverUrl=http://u:p@gws&password=x               | serverUrl",
            "serverUrl=http://127.0.0.1&password=x&reconnectDelay=10s&reconnectDelayMax=1s | reconnectDelayMax",
            "serverUrl=http://127.0.0.1&password=x&reconnectJitter=2     | reconnectJitter",
            "serverUrl=http://127.0.0.1&password=x&reconnectMultiplier=0 | reconnectMultiplier",
            "serverUrl=http://127.0.0.1&password=x&maxPending=0          | maxPending",
            "serverUrl=http://127.0.0.1&password=x&keepAlive=0           | keepAlive",
            "serverUrl=http://127.0.0.1&password=x&maxMessageSize=0      | maxMessageSize",
            "serverUrl=http://127.0.0.1&password=x&requestTimeout=0      | requestTimeout",
            "serverUrl=http://127.0.0.1&password=x&connectTimeout=0      | connectTimeout",
            "serverUrl=http://127.0.0.1&password=x&stopTimeout=-1        | stopTimeout",
            "serverUrl=http://127.0.0.1&password=x&parkedRetryInterval=0 | parkedRetryInterval",
            "serverUrl=http://127.0.0.1&password=x&topic=im              | topic",
            "serverUrl=http://127.0.0.1&password=x&maxNestingDepth=0     | maxNestingDepth",
            "serverUrl=http://127.0.0.1&password=x&proxyHost=p&proxyPort=0 | proxyPort=0 is out of bounds; give a whole number from 1 to 65535" })
    void whatCannotWorkIsToldBeforeAnythingStarts(String options, String named) {
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("imsession:alice?" + options).log("never");
            }
        })).satisfies(thrown -> assertThat(ObjectHelper.getException(IllegalArgumentException.class, thrown))
                .hasMessageContaining(named).hasMessageNotContaining("u:p"));
    }

    @Test
    void eachEndpointHasACopyOfTheComponentsOptions() throws Exception {
        try (DefaultCamelContext own = started()) {
            IMSessionComponent component = own.getComponent("imsession", IMSessionComponent.class);
            component.getConfiguration().setServerUrl("https://one.example.com");
            component.getConfiguration().setKeepAlive(1234);
            IMSessionConfiguration first = configuration(own, "imsession:alice?keepAlive=99");
            IMSessionConfiguration second = configuration(own, "imsession:bob");
            assertThat(first.getServerUrl()).isEqualTo("https://one.example.com");
            assertThat(first.getKeepAlive()).isEqualTo(99);
            assertThat(second.getKeepAlive()).isEqualTo(1234);
            assertThat(component.getConfiguration().getKeepAlive()).isEqualTo(1234);
            IMSessionConfiguration other = new IMSessionConfiguration();
            other.setServerUrl("https://two.example.com");
            component.setConfiguration(other);
            assertThat(second.getServerUrl()).isEqualTo("https://one.example.com");
            assertThat(configuration(own, "imsession:carol").getServerUrl()).isEqualTo("https://two.example.com");
        }
    }

    private static IMSessionConfiguration configuration(DefaultCamelContext context, String uri) {
        return context.getEndpoint(uri, IMSessionEndpoint.class).getConfiguration();
    }

    @Test
    void anEndpointIsWhatUsersExpect() {
        IMSessionEndpoint endpoint = endpoint("imsession:alice?serverUrl=https://gws.example.com:8443&password=x");
        assertThat(endpoint.isSingleton()).isTrue();
        assertThat(endpoint.isLenientProperties()).isFalse();
        assertThat(endpoint.isMultipleConsumersSupported()).isTrue();
        assertThat(endpoint.getServiceUrl()).isEqualTo("https://gws.example.com:8443");
        assertThat(endpoint.getServiceProtocol()).isEqualTo("bayeux");
        assertThat(endpoint.getServiceMetadata()).containsEntry("agent", "alice")
                .containsEntry("topic", "/v2/me/im-sessions").doesNotContainValue("x");
        assertThat(endpoint).isSameAs(endpoint("imsession:alice?serverUrl=https://gws.example.com:8443&password=x"));
        assertThat(endpoint.toString()).contains("alice").doesNotContain("password=x&");
    }
}
