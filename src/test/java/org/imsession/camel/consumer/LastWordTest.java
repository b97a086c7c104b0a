package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Behind a load balancer without stickiness a feed was live for a moment, lost its session soon after, and never came
 * back: "connected again" was the last line about it, for what had failed before was not forgiven yet.
 */
class LastWordTest {

    private static final int TIMES = 3;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();

    @Test
    void aFeedThatIsLiveNoLongerSaysSoHoweverShortItWasLive() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            for (int time = 1; time <= TIMES; time++) {
                gws.agent("alice").dropBayeuxSession();
                awaitWarnings(time, "LIVE -> BACKING_OFF");
                route.awaitSettled();
            }
        }
    }

    @Test
    void aConnectionThatBreaksIsSaidHoweverShortItWasWell() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            for (int time = 1; time <= TIMES; time++) {
                gws.faults().once(Step.CONNECT, new Fault.LoseAnswer(true));
                gws.agent("alice").session().says("wakes the connect that is held");
                awaitWarnings(time, "LIVE -> RECONNECTING");
                route.awaitSettled();
            }
        }
    }

    private void awaitWarnings(int times, String words) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> log.with(words).size() >= times);
        assertThat(warnings(words)).hasSize(times).allMatch(line -> line.contains("agent=alice"));
    }

    private List<String> warnings(String words) {
        return log.with(words).stream().filter(line -> line.contains("WARN")).toList();
    }
}
