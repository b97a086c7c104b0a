package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentence 5 of the delivery contract, across a stop and a start of a route in one process. */
class RestartTest {

    private static final Duration PATIENCE = ListeningRoute.PATIENCE;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();

    private void acknowledging(boolean acknowledging) {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
    }

    private static void stop(ListeningRoute route, String id) throws Exception {
        route.context().getRouteController().stopRoute(id, 1, TimeUnit.SECONDS);
    }

    private static void start(ListeningRoute route, String id) throws Exception {
        route.context().getRouteController().startRoute(id);
    }

    /** What was received and had not ended when the route stopped was gone without a word. */
    @ParameterizedTest
    @CsvSource({ "suspended, true", "suspended, false", "failing, true", "failing, false", "forced, true",
            "forced, false" })
    void whatHadNotEndedAtTheStopIsInOneGapAfterTheNextStart(String way, boolean acknowledging) throws Exception {
        acknowledging(acknowledging);
        AtomicBoolean failing = new AtomicBoolean();
        CountDownLatch gate = new CountDownLatch(1);
        Map<String, Instant> sent = new LinkedHashMap<>();
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "ackFailed=false"),
                exchange -> {
                    if (failing.get() && exchange.getIn().getBody() instanceof IMLogUpdateMessage) {
                        if (way.equals("forced")) {
                            gate.await(20, TimeUnit.SECONDS);
                        }
                        throw new IllegalStateException("sink is down");
                    }
                })) {
            route.awaitSettled();
            var session = gws.agent("alice").session().talks().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            Awaitility.await().atMost(PATIENCE).until(() -> route.consumer().getPendingEvents() == 0);
            if (way.equals("suspended")) {
                route.context().getRouteController().suspendRoute("listening");
            }
            failing.set(true);
            for (String text : List.of("1", "2", "3", "4", "5")) {
                sent.put(text, Instant.now());
                session.says(text);
            }
            Awaitility.await().atMost(PATIENCE).until(() -> route.consumer().getPendingEvents() == 5);
            stop(route, "listening");
            Awaitility.await().atMost(PATIENCE).until(() -> !log.with("IMS-006").isEmpty());
            assertThat(log.with("IMS-006")).as("at the stop").singleElement().asString()
                    .contains("agent=alice", "5 events");
            sent.put("while stopped", Instant.now());
            session.says("while stopped");
            failing.set(false);
            gate.countDown();
            route.rest();
            start(route, "listening");
            FeedGap gap = route.inbox().takeGap();
            sent.forEach((text, moment) -> assertThat(moment).as(text).isBetween(gap.from(), gap.to()));
            route.awaitSettled();
            session.says("after");
            assertThat(route.takeText()).isEqualTo("after");
            assertThat(route.rest()).noneMatch(exchange -> exchange.getIn().getBody() instanceof FeedGap);
            assertThat(log.with("IMS-006")).as("at the stop and at the start").hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void eachRestartTellsOneGapFromTheStopToTheConfirmedSubscription(boolean acknowledging) throws Exception {
        acknowledging(acknowledging);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            Instant before = Instant.MIN;
            for (int restart = 0; restart < 3; restart++) {
                route.awaitSettled();
                stop(route, "listening");
                Instant sent = Instant.now();
                gws.agent("alice").session().says("lost " + restart);
                start(route, "listening");
                FeedGap gap = route.inbox().takeGap();
                assertThat(gap.reason()).isEqualTo(FeedGap.Reason.ROUTE_STOPPED);
                assertThat(sent).isBetween(gap.from(), gap.to());
                assertThat(gap.from()).as("disjoint").isAfterOrEqualTo(before);
                before = gap.to();
            }
            assertThat(log.with("IMS-006")).as("nothing was left behind").hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({ "true, true", "true, false", "false, true", "false, false" })
    void aRouteThatStopsBesideAnotherIsToldOneGapAndTheOtherNone(boolean repository, boolean acknowledging)
            throws Exception {
        acknowledging(acknowledging);
        String uri = repository ? ListeningRoute.uri(gws, "alice", "stateRepository=#state")
                : ListeningRoute.uri(gws, "alice");
        try (ListeningRoute route = ListeningRoute.prepared().with(context -> context.getRegistry()
                .bind("state", new MemoryStateRepository())).add("one", uri).start()
                .join(gws, "two", uri, exchange -> { })) {
            stop(route, "one");
            Instant sent = Instant.now();
            gws.agent("alice").session().says("for two");
            assertThat(route.inbox("two").takeText()).isEqualTo("for two");
            start(route, "one");
            FeedGap gap = route.inbox("one").takeGap();
            assertThat(sent).isBetween(gap.from(), gap.to());
            gws.agent("alice").session().says("for both");
            assertThat(route.inbox("one").takeTextsUntil("for both")).containsExactly("for both");
            assertThat(route.inbox("two").takeText()).isEqualTo("for both");
            assertThat(route.inbox("two").rest()).noneMatch(each -> each.getIn().getBody() instanceof FeedGap);
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
        }
    }

    /** Both are away for some time; each is told what it missed, once. */
    @Test
    void routesThatStopAndStartAtDifferentTimesAreEachToldWhatTheyMissed() throws Exception {
        String uri = ListeningRoute.uri(gws, "alice");
        try (ListeningRoute route = ListeningRoute.prepared().add("one", uri).start()
                .join(gws, "two", uri, exchange -> { })) {
            stop(route, "one");
            Instant first = Instant.now();
            gws.agent("alice").session().says("for two");
            assertThat(route.inbox("two").takeText()).isEqualTo("for two");
            stop(route, "two");
            Instant second = Instant.now();
            gws.agent("alice").session().says("for nobody");
            start(route, "one");
            FeedGap one = route.inbox("one").takeGap();
            assertThat(first).isBetween(one.from(), one.to());
            assertThat(second).isBetween(one.from(), one.to());
            Instant third = Instant.now();
            gws.agent("alice").session().says("for one");
            assertThat(route.inbox("one").takeTextsUntil("for one")).containsExactly("for one");
            start(route, "two");
            FeedGap two = route.inbox("two").takeGap();
            assertThat(second).isBetween(two.from(), two.to());
            assertThat(third).isBetween(two.from(), two.to());
            gws.agent("alice").session().says("for both");
            assertThat(route.inbox("one").takeTextsUntil("for both")).containsExactly("for both");
            assertThat(route.inbox("two").takeTextsUntil("for both")).containsExactly("for both");
            for (String id : List.of("one", "two")) {
                assertThat(route.inbox(id).rest()).noneMatch(each -> each.getIn().getBody() instanceof FeedGap);
            }
        }
    }

    /** The event was in no route and in no gap, and no line said so. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whatWasSentBeforeAStopWithoutConnectionIsInTheGap(boolean acknowledging) throws Exception {
        acknowledging(acknowledging);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            ArmedFault away = gws.faults().always(Step.CONNECT, Fault.status(503));
            gws.agent("alice").answerHeldConnect();
            route.awaitState("RECONNECTING");
            Instant sent = Instant.now();
            gws.agent("alice").session().says("lost");
            gws.agent("alice").dropBayeuxSession();
            stop(route, "listening");
            assertThat(log.with("IMS-006")).as("at the stop").isNotEmpty();
            away.clear();
            start(route, "listening");
            FeedGap gap = route.inbox().takeGap();
            assertThat(sent).isBetween(gap.from(), gap.to());
        }
    }

    /** It was never told Completed. */
    @ParameterizedTest
    @CsvSource({ "false, true", "false, false", "true, true", "true, false" })
    void aSessionThatEndsWhileTheRouteIsStoppedIsCompletedByTheFirstSnapshot(boolean repository, boolean beside)
            throws Exception {
        String uri = repository ? ListeningRoute.uri(gws, "alice", "stateRepository=#state")
                : ListeningRoute.uri(gws, "alice");
        ListeningRoute prepared = ListeningRoute.prepared().with(context -> context.getRegistry()
                .bind("state", new MemoryStateRepository())).add("one", uri).start();
        try (ListeningRoute route = beside ? prepared.join(gws, "two", uri, exchange -> { }) : prepared) {
            route.awaitState("one", "LIVE");
            var session = gws.agent("alice").session().talks();
            Exchange told;
            do {
                told = route.inbox("one").takeOrigin("live");
            } while (!"TALKING".equalsIgnoreCase(String.valueOf(told.getIn().getHeader(IMSessionConstants.STATE))));
            stop(route, "one");
            session.complete();
            if (beside) {
                Awaitility.await().atMost(PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            }
            start(route, "one");
            Exchange end;
            do {
                end = route.inbox("one").take();
            } while (!session.id().equals(end.getIn().getHeader(IMSessionConstants.ID))
                    // again, if it had not ended at the stop
                    || "TALKING".equals(end.getIn().getHeader(IMSessionConstants.STATE)));
            assertThat(String.valueOf(end.getIn().getHeader(IMSessionConstants.STATE)))
                    .isEqualToIgnoringCase("COMPLETED");
        }
    }

    /** Two gaps, two restarts and two lost sessions: windows that follow one another, and sequences of their own. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void gapsOneAfterTheOtherAreDisjointAndHaveTheirOwnSequences(boolean acknowledging) throws Exception {
        acknowledging(acknowledging);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            List<Exchange> gaps = new ArrayList<>();
            for (int loss = 0; loss < 4; loss++) {
                route.awaitState("LIVE");
                gws.agent("alice").dropBayeuxSession();
                gaps.add(route.takeOrigin("gap"));
            }
            for (int i = 1; i < gaps.size(); i++) {
                FeedGap before = gaps.get(i - 1).getIn().getBody(FeedGap.class);
                assertThat(gaps.get(i).getIn().getBody(FeedGap.class).from()).isAfterOrEqualTo(before.to());
            }
            assertThat(gaps).extracting(each -> each.getIn().getHeader(IMSessionConstants.SEQUENCE))
                    .doesNotHaveDuplicates();
        }
    }

    /** Its verdict came 10 ms before the snapshot that knew better. */
    @Test
    void aStartInTheMiddleOfASessionIsNoAnomaly() throws Exception {
        var session = gws.agent("alice").session().talks();
        ArmedFault late = gws.faults().once(Step.SNAPSHOT, new Fault.Withhold());
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            assertThat(late.awaitHits(1, PATIENCE)).isTrue();
            session.says("in the middle");
            Exchange text = route.takeOrigin("live");
            assertThat(text.getIn().getBody()).isInstanceOf(IMLogUpdateMessage.class);
            assertThat(text.getIn().getHeader(IMSessionConstants.ANOMALY)).isNull();
            late.release();
            assertThat(route.takeOrigin("snapshot").getIn().getHeader(IMSessionConstants.ID)).isEqualTo(session.id());
        }
    }
}
