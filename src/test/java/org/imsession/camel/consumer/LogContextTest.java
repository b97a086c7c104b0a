package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.threads.LogContext;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;

/** Agent and session are in the log context where Camel's MDC logging is on, and nowhere behind that. */
class LogContextTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private final Watched context = new Watched();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private MDCAdapter before;

    /** As logback's: the log of the tests has none. Notes what is put into it, and on which threads it is left. */
    private static final class Watched extends NOPMDCAdapter {

        private final ThreadLocal<Map<String, String>> values = ThreadLocal.withInitial(HashMap::new);
        private final Queue<String> put = new ConcurrentLinkedQueue<>();
        private final Map<String, String> left = new ConcurrentHashMap<>();

        @Override
        public void put(String key, String value) {
            values.get().put(key, value);
            if (key.startsWith("imsession.")) {
                put.add(key + "=" + value);
                left.put(Thread.currentThread().getName() + " " + key, value);
            }
        }

        @Override
        public String get(String key) {
            return values.get().get(key);
        }

        @Override
        public void remove(String key) {
            values.get().remove(key);
            left.remove(Thread.currentThread().getName() + " " + key);
        }

        @Override
        public void clear() {
            Set.copyOf(values.get().keySet()).forEach(this::remove);
        }

        @Override
        public Map<String, String> getCopyOfContextMap() {
            return new HashMap<>(values.get());
        }
    }

    private static MDCAdapter use(MDCAdapter adapter) throws ReflectiveOperationException {
        Field field = MDC.class.getDeclaredField("MDC_ADAPTER");
        field.setAccessible(true);
        MDCAdapter before = (MDCAdapter) field.get(null);
        field.set(null, adapter);
        return before;
    }

    @BeforeEach
    void watch() throws ReflectiveOperationException {
        before = use(context);
    }

    @AfterEach
    void putBack() throws ReflectiveOperationException {
        use(before);
    }

    private void see(String where) {
        seen.add(where + " " + MDC.get(LogContext.AGENT) + " " + MDC.get(LogContext.SESSION));
    }

    /** @param pattern what Camel is to carry through asynchronous steps, {@code null} for nothing */
    private Set<String> whatTextsSee(boolean on, String pattern) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.setUseMDCLogging(on);
            camel.setMDCLoggingKeysPattern(pattern);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(ListeningRoute.uri(gws, "alice", "exceptionHandler="))
                            .filter(body().isInstanceOf(IMLogUpdateMessage.class))
                            .process(exchange -> see("first")).delay(20).asyncDelayed().end()
                            .process(exchange -> see("behind"));
                }
            });
            camel.start();
            assertThat(gws.agent("alice").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
            gws.agent("alice").session().says("Hello").hears("Goodbye");
            await().atMost(ListeningRoute.PATIENCE).until(() -> seen.size() == 4);
        }
        await().atMost(ListeningRoute.PATIENCE).untilAsserted(() -> assertThat(context.left).as("left").isEmpty());
        return new TreeSet<>(seen);
    }

    @Test
    void aRouteHasAgentAndSessionAndCamelCarriesThemFurtherIfItIsTold() throws Exception {
        Set<String> texts = whatTextsSee(true, "imsession.*");
        String session = texts.iterator().next().substring("behind alice ".length());
        assertThat(session).isNotEqualTo("null");
        assertThat(texts).containsExactly("behind alice " + session, "first alice " + session);
    }

    @Test
    void withoutThatTheyAreInTheFirstPartOfTheRoute() throws Exception {
        assertThat(whatTextsSee(true, null)).hasSize(2).contains("behind null null")
                .anyMatch(text -> text.matches("first alice \\S+") && !text.endsWith(" null"));
    }

    @Test
    void theFeedSpeaksOfItsAgent() throws Exception {
        whatTextsSee(true, null);
        assertThat(context.put).as("IMS-001, by a thread that runs no route").contains("imsession.agent=alice");
        try (LogContext outer = LogContext.of(true, "bob", "7")) {
            try (LogContext inner = LogContext.of(true, "alice", "")) {
                see("inner");
            }
            see("outer");
        }
        assertThat(seen).contains("inner alice null", "outer bob 7");
        assertThat(MDC.get(LogContext.AGENT)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "imsession.*", "*" })
    void nothingIsPutThereWhereNobodyWantsIt(String pattern) throws Exception {
        assertThat(whatTextsSee(false, pattern)).containsExactly("behind null null", "first null null");
        assertThat(context.put).isEmpty();
    }
}
