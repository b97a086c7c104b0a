package org.imsession.camel.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.cluster.ClusterRoutes;
import org.imsession.camel.event.DeliveryGuarantee;
import org.imsession.camel.monitor.FollowedFeeds;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;
import org.junit.jupiter.api.Test;

/** The page is told of an agent what it shows, when that changes, at a cost that does not grow with the agents. */
class AgentWatchTest {

    private final List<FeedStatus> statuses = new ArrayList<>();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final LiveState state = new LiveState(() -> { });
    private final AgentWatch watch = new AgentWatch(context, state);

    AgentWatchTest() {
        FollowedFeeds.of(context).add(this, new FollowedFeeds.Source(() -> statuses, Map::of,
                consumer -> Optional.empty(), new ClusterRoutes(() -> context, endpoint -> Optional.empty(),
                List::of)));
    }

    private static FeedStatus status(String agent, FeedState state, long received, long gaps, String inFront) {
        return new FeedStatus(agent, "gws:443", state, Instant.EPOCH, null, "subscribed", 0,
                DeliveryGuarantee.AT_LEAST_ONCE, null, received, 0, gaps, false, 0, 0, 0, 0, false, inFront, Map.of());
    }

    @Test
    void onlyWhatIsShownOfAnAgentIsAChange() {
        statuses.add(status("alice", FeedState.LIVE, 0, 0, ""));
        statuses.add(status("bob", FeedState.LIVE, 0, 0, ""));
        watch.look();
        assertThat(state.number()).as("both are new").isEqualTo(2);
        statuses.set(0, status("alice", FeedState.LIVE, 17, 0, ""));
        watch.look();
        assertThat(state.number()).as("events are not shown there").isEqualTo(2);

        statuses.set(0, status("alice", FeedState.LIVE, 17, 1, ""));
        assertThat(shown()).containsEntry("gaps", 1L);
        statuses.set(0, status("alice", FeedState.BACKING_OFF, 17, 1, ""));
        assertThat(shown()).containsEntry("state", "BACKING_OFF").containsEntry("live", false);
        statuses.set(0, status("alice", FeedState.LIVE, 17, 1, "something in front cuts answers"));
        assertThat(shown()).containsEntry("live", false).containsEntry("reason", "something in front cuts answers");
        statuses.remove(1);
        watch.look();
        assertThat(state.after(state.number() - 1).orElseThrow()).extracting(Change::json)
                .containsExactly(Map.of("noAgent", "bob gws:443"));
    }

    /** What the page is told of the one agent that has changed. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> shown() {
        long before = state.number();
        watch.look();
        return (Map<String, Object>) state.after(before).orElseThrow().stream().reduce((one, other) -> {
            throw new AssertionError("told more than once: " + other);
        }).orElseThrow().json().get("agent");
    }

    @Test
    void theMoreAgentsThereAreTheLessOftenAreTheyLookedAt() {
        statuses.add(status("alice", FeedState.LIVE, 0, 0, ""));
        assertThat(watch.look()).as("ms").isEqualTo(100);
        IntStream.range(1, 18_000).forEach(i -> statuses.add(status("agent" + i, FeedState.LIVE, 0, 0, "")));
        assertThat(watch.look()).as("ms").isEqualTo(1_800);
    }
}
