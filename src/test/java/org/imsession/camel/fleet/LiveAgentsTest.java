package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.imsession.camel.event.DeliveryGuarantee;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code minLiveAgents} counted agents as live to whom a balancer or a gateway let nothing through. */
class LiveAgentsTest {

    private static FeedStatus live(String inFront) {
        return new FeedStatus("alice", "gws:443", FeedState.LIVE, Instant.EPOCH, null, "subscribed",
                0, DeliveryGuarantee.AT_LEAST_ONCE, null, 0, 0, 0, false, 0, 0, 0, 0, false, inFront, Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = { "the load balancer needs sticky sessions", "something in front cuts answers after 9 s",
            "something in front cuts answers after 4096 bytes" })
    void anAgentToWhomNothingGetsThroughIsNoLiveOne(String inFront) {
        TeamStatus team = new TeamStatus(List.of(live(""), live(inFront)), List.of());

        assertThat(team.live()).isEqualTo(1);
        assertThat(team.live(50)).isTrue();
        assertThat(team.live(51)).isFalse();
        assertThat(team.worst(9)).extracting(FeedStatus::inFront).containsExactly(inFront);
        assertThat(team.summary()).as("by state they are alike").isEqualTo("LIVE");
    }

    @Test
    void allAreIfNothingIsKnownToBeInFront() {
        assertThat(new TeamStatus(List.of(live(""), live("")), List.of()).live(100)).isTrue();
    }
}
