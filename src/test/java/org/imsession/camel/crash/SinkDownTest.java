package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row F50: the sink of a route is down while 5,000 events are sent, five times what may wait in memory. */
class SinkDownTest {

    private static final int EVENTS = 5000;
    private static final int MAX_PENDING = 1000;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private final CountDownLatch down = new CountDownLatch(1);
    private final List<Instant> sentAt = new ArrayList<>();
    private int mostPending;

    private ListeningRoute listen(boolean acknowledging) throws Exception {
        ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "keepAlive=1000",
                "maxPending=" + MAX_PENDING, "acknowledge=" + acknowledging), exchange -> down.await());
        route.awaitSettled();
        return route;
    }

    /** Sends the events while the sink is down, in groups, and looks at what waits in memory meanwhile. */
    private void send(ListeningRoute route) throws Exception {
        var session = gws.agent("alice").session().talks();
        for (int i = 0; i < EVENTS; i++) {
            sentAt.add(Instant.now());
            session.says(String.valueOf(i));
            look(route);
        }
    }

    private void look(ListeningRoute route) {
        mostPending = Math.max(mostPending, route.consumer().getPendingEvents());
    }

    private boolean isDone(ListeningRoute route) {
        look(route);
        return route.consumer().getPendingEvents() == 0 && gws.agent("alice").queued() == 0;
    }

    @Test
    void anAcknowledgingServerKeepsWhatHasNoRoomAndNothingIsLost() throws Exception {
        try (ListeningRoute route = listen(true)) {
            send(route);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> {
                look(route);
                return mostPending == MAX_PENDING;
            });
            assertThat(gws.agent("alice").queued()).as("kept by the server").isGreaterThanOrEqualTo(EVENTS);
            down.countDown();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> isDone(route));
            assertThat(route.inbox().restOfTexts())
                    .isEqualTo(IntStream.range(0, EVENTS).mapToObj(String::valueOf).toList());
            assertThat(mostPending).as("never more in memory").isEqualTo(MAX_PENDING);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
    }

    @Test
    void withoutAcknowledgementWhatHasNoRoomIsInGapsThatCoverAllOfIt() throws Exception {
        try (ListeningRoute route = listen(false)) {
            send(route);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> {
                look(route);
                return gws.agent("alice").queued() == 0;
            });
            down.countDown();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> isDone(route));
            gws.agent("alice").session().says("last");
            Set<Integer> arrived = new HashSet<>();
            List<FeedGap> gaps = new ArrayList<>();
            for (Object body = route.inbox().takeBody(); !isLast(body); body = route.inbox().takeBody()) {
                if (body instanceof FeedGap gap) {
                    gaps.add(gap);
                } else if (body instanceof IMLogUpdateMessage text) {
                    arrived.add(Integer.valueOf(text.message()));
                }
            }
            assertThat(arrived.size()).as("what there was room for").isBetween(MAX_PENDING / 2, EVENTS - 1);
            assertThat(gaps).isNotEmpty().allSatisfy(gap -> {
                assertThat(gap.reason()).isEqualTo(FeedGap.Reason.BUFFER_OVERFLOW);
                assertThat(gap.certainty()).isEqualTo(FeedGap.Certainty.CERTAIN);
            });
            assertThat(IntStream.range(0, EVENTS).filter(i -> !arrived.contains(i))).as("lost").allSatisfy(i ->
                    assertThat(gaps).anySatisfy(gap -> assertThat(sentAt.get(i)).isBetween(gap.from(), gap.to())));
            assertThat(mostPending).as("never more in memory").isLessThanOrEqualTo(MAX_PENDING);
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
    }

    private static boolean isLast(Object body) {
        return body instanceof IMLogUpdateMessage text && text.message().equals("last");
    }
}
