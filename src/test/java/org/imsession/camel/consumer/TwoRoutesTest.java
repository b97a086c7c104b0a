package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.RecordedRequest;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F52, S04: routes on one agent share a session, agents share nothing. */
class TwoRoutesTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    private ListeningRoute two(String... options) throws Exception {
        return ListeningRoute.prepared().add("one", ListeningRoute.uri(gws, "alice")).start()
                .join(gws, "two", ListeningRoute.uri(gws, "alice", options), exchange -> { });
    }

    @ParameterizedTest
    @ValueSource(strings = { "bodyType=typed", "messageTypes=logUpdate", "exceptionHandler=" })
    void onOneAgentShareOneSessionAndEachGetsEveryEvent(String option) throws Exception {
        try (ListeningRoute route = two(option)) {
            gws.agent("alice").session().says("for both");
            assertThat(route.inbox("one").takeText()).isEqualTo("for both");
            assertThat(route.inbox("two").takeText()).isEqualTo("for both");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(1);
            assertThat(gws.agent("alice").subscribers()).isEqualTo(1);
        }
    }

    @Test
    void aRouteGoesOnWhenTheOtherStopsAndTheLatecomerIsToldWhatThereIs() throws Exception {
        try (ListeningRoute route = two()) {
            route.context().getRouteController().stopRoute("one");
            var session = gws.agent("alice").session().says("for two");
            assertThat(route.inbox("two").takeText()).isEqualTo("for two");
            assertThat(gws.requests().count(Step.DISCONNECT)).isZero();
            route.context().getRouteController().startRoute("one");
            Exchange known = route.inbox("one").takeOrigin("snapshot");
            assertThat(known.getIn().getHeader(IMSessionConstants.ID)).isEqualTo(session.id());
            assertThat(known.getIn().getHeader(IMSessionConstants.STATE)).isEqualTo("TALKING");
            session.says("for both");
            assertThat(route.inbox("one").takeText()).isEqualTo("for both");
            assertThat(route.inbox("two").takeText()).isEqualTo("for both");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
            route.context().getRouteController().stopRoute("one");
            route.context().getRouteController().stopRoute("two");
            assertThat(gws.requests().count(Step.DISCONNECT)).isEqualTo(1);
        }
    }

    /** It used to leave a feed that it had not joined, which stopped it under the other. */
    @Test
    void aRouteThatCannotStartDoesNotEndTheOther() throws Exception {
        MemoryStateRepository failing = new MemoryStateRepository() {
            private int loads;

            @Override
            public String getState(String key) {
                if (++loads == 3) { // a start looks twice, once to tell at once that it cannot
                    throw new IllegalStateException("is in use");
                }
                return super.getState(key);
            }
        };
        String uri = ListeningRoute.uri(gws, "alice", "stateRepository=#state");
        try (ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.getRegistry().bind("state", failing)).add("one", uri).start()) {
            route.awaitState("one", "LIVE");
            assertThatThrownBy(() -> route.add("two", uri)).hasStackTraceContaining("is in use");
            gws.agent("alice").session().says("for one");
            assertThat(route.inbox("one").takeText()).isEqualTo("for one");
            assertThat(route.consumer("one").getFeedState()).isEqualTo("LIVE");
        }
    }

    @Test
    void aSlowRouteDoesNotHoldUpTheOther() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ListeningRoute route = ListeningRoute.prepared().add("one", ListeningRoute.uri(gws, "alice")).start()
                .join(gws, "two", ListeningRoute.uri(gws, "alice"), exchange ->
                        assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue())) {
            var session = gws.agent("alice").session().says("first");
            assertThat(route.inbox("one").takeText()).isEqualTo("first");
            session.says("second");
            assertThat(route.inbox("one").takeText()).isEqualTo("second");
            assertThat(gws.agent("alice").queued()).as("kept until both have ended").isPositive();
            gate.countDown();
            assertThat(route.inbox("two").takeTexts(2)).containsExactly("first", "second");
        }
    }

    /**
     * A start that came while the last user's stop still waited for the server was forgotten for ever. Camel's route
     * controller does one thing after the other, but those who own consumers themselves, such as master, do not.
     */
    @Test
    void aConsumerThatStartsWhileAnotherIsStoppingComesUp() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitState("LIVE");
            Consumer second = route.consumer().getEndpoint().createConsumer(route.noting("second"));
            ArmedFault disconnect = gws.faults().once(Step.DISCONNECT, new Fault.Hang());
            CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> route.consumer().stop());
            assertThat(disconnect.awaitHits(1, ListeningRoute.PATIENCE)).isTrue();
            second.start();
            stop.get(ListeningRoute.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    ((IMSessionConsumer) second).getFeedState().equals("LIVE"));
            gws.agent("alice").session().says("Hello");
            assertThat(route.inbox("second").takeText()).isEqualTo("Hello");
            second.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({ "password=another, credentials", "username=bob, credentials", "topic=/v2/me/calls, topic",
            "keepAlive=400, keepAlive", "connectTimeout=1999, connectTimeout", "requestTimeout=1999, requestTimeout",
            "reconnectDelay=77, reconnectDelay", "proxyHost=none&proxyPort=1, proxyHost",
            "watchServices=false, watchServices",
            "maxNestingDepth=10, maxNestingDepth", "startContactCenterSession=true, startContactCenterSession" })
    void withDifferentOptionsForOneSessionAreAClearError(String option, String named) throws Exception {
        assertThatThrownBy(() -> two(option).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Agent alice at 127.0.0.1:" + gws.port() + " is followed already")
                .hasMessageContaining(named)
                .hasMessageContaining("same options")
                .hasMessageNotContaining("another");
    }

    @Test
    void onTwoAgentsShareNeitherCookiesNorCredentials() throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared()
                .add("one", ListeningRoute.uri(gws, "alice"))
                .add("two", ListeningRoute.uri(gws, "bob")).start()) {
            route.awaitState("one", "LIVE");
            route.awaitState("two", "LIVE");
            gws.agent("alice").session().says("for alice");
            gws.agent("bob").session().says("for bob");
            assertThat(route.inbox("one").takeText()).isEqualTo("for alice");
            assertThat(route.inbox("two").takeText()).isEqualTo("for bob");
            assertThat(route.inbox("one").restOfTexts()).isEmpty();
            assertThat(route.inbox("two").restOfTexts()).isEmpty();
            for (String cookie : List.of("JSESSIONID", "BAYEUX_BROWSER")) {
                var values = gws.requests().all().stream().filter(request -> request.cookie(cookie).isPresent())
                        .collect(Collectors.groupingBy(RecordedRequest::agent, Collectors.mapping(
                                request -> request.cookie(cookie).orElseThrow(), Collectors.toSet())));
                assertThat(values).containsOnlyKeys("alice", "bob");
                assertThat(values.get("alice")).doesNotContainAnyElementsOf(values.get("bob"));
            }
        }
    }
}
