package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F48: the route throws. Its error handler decides, and the feed goes on. */
class FailingRouteTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @ParameterizedTest
    @ValueSource(strings = { "true", "false" })
    void whatTheErrorHandlerGaveUpIsInTheDeadLetterChannelAndTheRestIsDelivered(String ackFailed) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (ListeningRoute route = ListeningRoute.prepared()) {
            route.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(deadLetterChannel("direct:dead").maximumRedeliveries(2).redeliveryDelay(10));
                    from("direct:dead").routeId("dead").process(route.noting("dead"));
                    from(ListeningRoute.uri(gws, "alice", "ackFailed=" + ackFailed)).routeId("listening")
                            .process(exchange -> {
                                if (exchange.getIn().getBody() instanceof IMLogUpdateMessage text
                                        && text.message().startsWith("bad")) {
                                    attempts.incrementAndGet();
                                    throw new IllegalStateException("sink refuses");
                                }
                            }).process(route.noting("listening"));
                }
            });
            route.start();
            route.awaitState("LIVE");
            gws.agent("alice").session().says("one").says("bad").says("two").says("bad again").says("three");
            assertThat(route.inbox().takeTexts(3)).containsExactly("one", "two", "three");
            Exchange dead = route.inbox("dead").take();
            assertThat(dead.getIn().getBody(IMLogUpdateMessage.class).message()).isEqualTo("bad");
            assertThat(dead.getProperty(Exchange.EXCEPTION_CAUGHT)).isInstanceOf(IllegalStateException.class);
            assertThat(route.inbox("dead").takeText()).isEqualTo("bad again");
            assertThat(attempts).hasValue(6);
            assertThat(route.errors()).as("what was handled").isEmpty();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
        }
    }

    @Test
    void anExceptionHandlerThatThrowsDoesNotHoldUpTheNextEvent() throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared()) {
            route.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(ListeningRoute.uri(gws, "alice", "exceptionHandler=#throwing")).routeId("listening")
                            .process(route.noting("listening")).threads(1).process(exchange -> {
                                throw new IllegalStateException("sink refuses");
                            });
                }
            });
            route.with(context -> context.getRegistry().bind("throwing", ParkedNoticeTest.THROWING)).start();
            route.awaitState("LIVE");
            gws.agent("alice").session().says("one").says("two");
            assertThat(route.inbox().takeTexts(2)).containsExactly("one", "two");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
        }
    }

    /** Camel's pool of exchanges would otherwise get it back twice, and two events would share it. */
    @Test
    void anExchangeThatEndsTwiceHasEndedOnce() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            IMSessionConsumer twice = (IMSessionConsumer) route.consumer().getEndpoint().createConsumer(
                    new AsyncProcessorSupport() {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    exchange.setException(new IllegalStateException("sink refuses"));
                    callback.done(true);
                    callback.done(true);
                    return true;
                }
            });
            int snapshots = gws.requests().count(Step.SNAPSHOT);
            twice.start();
            route.awaitJoined(gws, snapshots);
            gws.agent("alice").session().says("one");
            assertThat(route.takeText()).isEqualTo("one");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            twice.stop();
            assertThat(twice.getExchanges()).as("the session and its text at least").isGreaterThanOrEqualTo(2);
            assertThat(route.errors()).hasSize((int) twice.getExchanges());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void anErrorIsAsGoodAsAnException(boolean first) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"), exchange -> {
            throw first ? new StackOverflowError("of a converter") : new LinkageError("a jar is missing");
        })) {
            route.awaitSettled();
            gws.agent("alice").session().says("one").says("two");
            assertThat(route.inbox().takeTexts(2)).containsExactly("one", "two");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.consumer().getFailedExchanges() == 3);
        }
    }
}
