package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.store.FilePositionRepository;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentence 5 of the delivery contract, across a stop and a start with a repository, in one process or in two. */
class RestartWithRepositoryTest {

    private static final Duration PATIENCE = ListeningRoute.PATIENCE;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @TempDir
    Path folder;

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

    /** The session was left to the server although nobody could go on with it, and the gap began a minute too early. */
    @Test
    void aSessionThatCannotBeResumedIsClosedAtTheStopAlsoWithARepository() throws Exception {
        acknowledging(false);
        try (ListeningRoute route = ListeningRoute.from(
                ListeningRoute.uri(gws, "alice", "stateRepository=#state"), exchange -> { },
                new MemoryStateRepository())) {
            route.awaitSettled();
            assertThat(gws.agent("alice").awaitHeldConnect(PATIENCE)).isTrue();
            gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            assertThat(gws.agent("alice").awaitHeldConnect(PATIENCE)).isTrue();
            Instant ended = Instant.now();
            gws.agent("alice").answerHeldConnect();
            Awaitility.await().atMost(PATIENCE).until(() -> gws.requests().last(Step.CONNECT).orElseThrow().time()
                    .isAfter(ended) && gws.agent("alice").heldConnects() == 1);
            gws.agent("alice").answerHeldConnect();
            assertThat(gws.agent("alice").awaitHeldConnect(PATIENCE)).isTrue();
            stop(route, "listening");
            assertThat(gws.requests().count(Step.DISCONNECT)).isEqualTo(1);
            Instant sent = Instant.now();
            gws.agent("alice").session().says("lost");
            start(route, "listening");
            FeedGap gap = route.inbox().takeGap();
            assertThat(gap.from()).isAfterOrEqualTo(ended);
            assertThat(sent).isBetween(gap.from(), gap.to());
            assertThat(gap.detail()).doesNotContain("process");
            route.awaitSettled();
            gws.agent("alice").session().says("after");
            assertThat(route.takeText()).isEqualTo("after");
            assertThat(route.rest()).noneMatch(each -> each.getIn().getBody() instanceof FeedGap);
        }
    }

    /** It began when the session had become live, or up to a minute before the stop. */
    @Test
    void whatEndedBeforeTheStopIsInNoGapOfTheNextProcessEither() throws Exception {
        acknowledging(false);
        String uri = ListeningRoute.uri(gws, "alice", "stateRepository=#state");
        Instant ended;
        try (ListeningRoute route = ListeningRoute.from(uri, exchange -> { }, new FilePositionRepository(folder))) {
            route.awaitSettled();
            gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            assertThat(gws.agent("alice").awaitHeldConnect(PATIENCE)).isTrue();
            ended = Instant.now();
            gws.agent("alice").answerHeldConnect();
            Awaitility.await().atMost(PATIENCE).until(() -> gws.requests().last(Step.CONNECT).orElseThrow().time()
                    .isAfter(ended) && gws.agent("alice").heldConnects() == 1);
            gws.agent("alice").answerHeldConnect();
            Awaitility.await().atMost(PATIENCE).until(() -> gws.agent("alice").heldConnects() == 1);
        }
        Instant sent = Instant.now();
        gws.agent("alice").session().says("lost");
        try (ListeningRoute route = ListeningRoute.from(uri, exchange -> { }, new FilePositionRepository(folder))) {
            FeedGap gap = route.inbox().takeGap();
            assertThat(gap.from()).isAfterOrEqualTo(ended);
            assertThat(sent).isBetween(gap.from(), gap.to());
        }
    }

    /** Those of snapshots and gaps began anew in each process, and a consumer that drops repeats dropped them. */
    @Test
    void sequencesAreNotGivenOutAgainAfterASessionWasResumed() throws Exception {
        List<Object> sequences = new ArrayList<>();
        gws.agent("alice").session().talks();
        for (int process = 0; process < 3; process++) {
            try (ListeningRoute route = ListeningRoute.from(
                    ListeningRoute.uri(gws, "alice", "stateRepository=#state"), exchange -> { },
                    new FilePositionRepository(folder))) {
                sequences.add(route.takeOrigin("snapshot").getIn().getHeader(IMSessionConstants.SEQUENCE));
            }
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("the same session").isEqualTo(1);
        assertThat(sequences).hasSize(3).doesNotHaveDuplicates();
    }

    /** It was not told of the gap: what had been read and dropped was taken for what this process had kept itself. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aRouteThatIsStoppedBeforeWhatIsKeptWasReadIsToldWhatItIsOwed(boolean stopped) throws Exception {
        String uri = ListeningRoute.uri(gws, "alice", "stateRepository=#state", "ackFailed=false");
        Instant sent;
        CountDownLatch failed = new CountDownLatch(1);
        try (ListeningRoute route = ListeningRoute.from(uri, exchange -> {
            if (exchange.getIn().getBody() instanceof FeedGap) {
                failed.countDown();
                throw new IllegalStateException("sink is down");
            }
        }, new FilePositionRepository(folder))) {
            route.awaitSettled();
            sent = Instant.now();
            gws.agent("alice").dropBayeuxSession();
            assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
            route.awaitState("LIVE");
        }
        AtomicReference<ListeningRoute> next = new AtomicReference<>();
        FilePositionRepository slow = new FilePositionRepository(folder) {
            @Override
            public String getState(String key) {
                String text = super.getState(key);
                ListeningRoute route = next.get();
                if (route != null && route.consumer().getFeedState().equals("LOGGING_IN")) {
                    Awaitility.await().atMost(PATIENCE).until(() ->
                            !route.consumer().getFeedState().equals("LOGGING_IN"));
                }
                return text;
            }
        };
        try (ListeningRoute route = ListeningRoute.prepared().with(context ->
                context.getRegistry().bind("state", slow)).add("listening", uri)) {
            next.set(stopped ? route : null);
            route.start();
            if (stopped) {
                stop(route, "listening");
                next.set(null);
                start(route, "listening");
            }
            FeedGap gap = route.inbox().takeGap();
            assertThat(sent).isBetween(gap.from(), gap.to());
        }
    }
}
