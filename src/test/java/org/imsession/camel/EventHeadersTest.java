package org.imsession.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.HeadersMapFactory;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;

/** What an event says becomes headers of a message, whichever map of headers the context makes. */
class EventHeadersTest {

    private final EventHeaders headers = new EventHeaders();

    @Test
    void eventHeadersAreTheHeadersOfTheMessageThatTakesThemOver() throws Exception {
        headers.set(IMSessionConstants.STATE, "Talking");
        headers.set(IMSessionConstants.AGENT, "alice");
        headers.set(IMSessionConstants.AGENT, "bob");
        headers.setUnlessEmpty(IMSessionConstants.ANOMALY, "");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            DefaultMessage message = new DefaultMessage(context);
            message.setHeaders(headers);
            message.setHeader("foo", 1);
            assertThat(message.getHeaders()).isEqualTo(Map.of("CamelIMSessionAgent", "bob", "CamelIMSessionState",
                    "Talking", "foo", 1));
            assertThat(message.getHeader("camelimsessionSTATE")).isEqualTo("Talking");
        }
    }

    /** A map that is said to be sorted and is not would be taken over as a tree in which nothing is found. */
    @Test
    void eventHeadersAreSortedAsTheyClaim() throws Exception {
        for (var constant : IMSessionConstants.class.getFields()) {
            if (Modifier.isStatic(constant.getModifiers()) && isOfEvents(constant.getName())) {
                headers.set((String) constant.get(null), constant.getName());
            }
        }
        TreeMap<String, Object> one = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(one::put); // compares names
        TreeMap<String, Object> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers); // does not
        assertThat(headers).hasSize(23);
        assertThat(List.copyOf(all.keySet())).isEqualTo(List.copyOf(one.keySet()));
        assertThat(all.keySet()).allSatisfy(name -> assertThat(all.get(name)).isEqualTo(one.get(name)));
        assertThat(headers.firstKey()).isEqualTo(one.firstKey());
        assertThat(headers.lastKey()).isEqualTo(one.lastKey());
    }

    private static boolean isOfEvents(String constant) {
        return !List.of("OPERATION", "TARGET_ID", "DESTINATION", "DEVICE_PATH", "USER_DATA_KEY").contains(constant);
    }

    @Test
    void ofAnotherNameAreNotAccepted() {
        assertThatThrownBy(() -> headers.set("foo", 1)).isInstanceOf(NullPointerException.class);
        assertThat(headers).isEmpty();
    }

    @Test
    void eventHeadersAreTakenOverByAnyMapThatTheContextMakes() throws Exception {
        headers.set(IMSessionConstants.AGENT, "alice");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            HeadersMapFactory factory = context.getCamelContextExtension().getHeadersMapFactory();
            assertThat(factory.newMap(headers)).isEqualTo(Map.of("CamelIMSessionAgent", "alice"));
            assertThat(factory.isInstanceOf(headers)).as("a message must not keep the sorted one itself").isFalse();
        }
    }
}
