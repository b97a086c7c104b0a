package org.imsession.camel.live;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.imsession.camel.monitor.FollowedFeeds;
import org.imsession.camel.status.FeedStatus;

/** Looks at the agents that the context follows, and tells the state of the page how they are. */
final class AgentWatch {

    private static final int LONGEST_REASON = 300;

    private final FollowedFeeds feeds;
    private final LiveState state;

    AgentWatch(CamelContext context, LiveState state) {
        feeds = FollowedFeeds.of(context);
        this.state = state;
    }

    void look() {
        Map<String, Map<String, Object>> agents = new LinkedHashMap<>();
        for (FeedStatus status : feeds.statuses()) {
            String id = status.agent() + " " + status.server();
            agents.put(id, agent(id, status));
        }
        state.agents(agents);
        state.forget(System.currentTimeMillis());
    }

    private static Map<String, Object> agent(String id, FeedStatus status) {
        Map<String, Object> agent = new LinkedHashMap<>();
        agent.put("id", id);
        agent.put("agent", status.agent());
        agent.put("server", status.server());
        agent.put("state", status.state().name());
        agent.put("live", status.live());
        agent.put("since", status.silentSince().orElse(status.since()).toEpochMilli());
        agent.put("reason", Shown.cut(status.inFront().isEmpty() ? status.reason() : status.inFront(), LONGEST_REASON));
        agent.put("gaps", status.gaps());
        return agent;
    }
}
