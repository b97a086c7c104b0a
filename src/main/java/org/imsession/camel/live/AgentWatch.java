package org.imsession.camel.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.imsession.camel.monitor.FollowedFeeds;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;

/** Looks at the agents that the context follows, and tells the state of the page how they are. One thread at a time. */
final class AgentWatch {

    private static final int LONGEST_REASON = 300;
    private static final long LOOK_MILLIS = 100;
    private static final int AGENTS_PER_MILLI = 10;

    private final FollowedFeeds feeds;
    private final LiveState state;
    private Map<Agent, Map<String, Object>> known = Map.of();

    /** What is shown of an agent. */
    private record Agent(String name, String server, FeedState state, boolean live, Instant since, String reason,
                         long gaps) {

        static Agent of(FeedStatus status) {
            return new Agent(status.agent(), status.server(), status.state(), status.live(), status.silentSince()
                    .orElse(status.since()), status.inFront().isEmpty() ? status.reason() : status.inFront(),
                    status.gaps());
        }

        String id() {
            return name + " " + server;
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", id());
            json.put("agent", name);
            json.put("server", server);
            json.put("state", state.name());
            json.put("live", live);
            json.put("since", since.toEpochMilli());
            json.put("reason", Shown.cut(reason, LONGEST_REASON));
            json.put("gaps", gaps);
            return json;
        }
    }

    AgentWatch(CamelContext context, LiveState state) {
        feeds = FollowedFeeds.of(context);
        this.state = state;
    }

    /** Returns how many milliseconds later it should look again: the more agents there are, the more a look costs. */
    long look() {
        Map<Agent, Map<String, Object>> seen = new HashMap<>();
        Map<String, Map<String, Object>> agents = new LinkedHashMap<>();
        for (FeedStatus status : feeds.statuses()) {
            Agent agent = Agent.of(status);
            Map<String, Object> json = known.get(agent); // the same object is quickly seen to be the same
            seen.put(agent, json == null ? agent.json() : json);
            agents.put(agent.id(), seen.get(agent));
        }
        known = seen;
        state.agents(agents);
        state.forget(System.currentTimeMillis());
        return Math.max(LOOK_MILLIS, agents.size() / AGENTS_PER_MILLI);
    }
}
