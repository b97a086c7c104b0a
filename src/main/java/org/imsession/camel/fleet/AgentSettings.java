package org.imsession.camel.fleet;

import java.util.Set;
import org.imsession.camel.feed.FeedSettings;
import org.imsession.camel.gws.GwsSettings;
import org.imsession.camel.gws.HttpSettings;
import org.imsession.camel.json.JsonLimits;
import org.imsession.camel.position.PositionStore;
import org.imsession.camel.spi.AgentCredentials;

/**
 * Everything that decides how one agent is followed. Two endpoints with equal connections share one feed.
 *
 * @param gws         which server
 * @param http        how to reach it
 * @param feed        how the feed behaves
 * @param credentials asked before each login; equal ones must be {@code equals}
 * @param limits      the bounds of the JSON
 * @param store       where sessions are kept for the next process; equal ones must be {@code equals}
 * @param services    whether to watch the services behind the server
 */
public record AgentSettings(GwsSettings gws, HttpSettings http, FeedSettings feed, AgentCredentials credentials,
                         JsonLimits limits, PositionStore store, Services services) {

    /** Whether the services behind the server are watched, and what comes of one that carries the messages and is down. */
    public enum Services { IGNORED, WATCHED, TOLD_AS_GAP }

    /** What tells agents apart: the server and the login name. */
    record Key(String server, String agent) {

        // to link those of a record takes some milliseconds of a start

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && agent.equals(key.agent) && server.equals(key.server);
        }

        @Override
        public int hashCode() {
            return 31 * server.hashCode() + agent.hashCode();
        }
    }

    /** The same for another agent, with as much in common as can be, for there may be thousands. */
    public AgentSettings forAgent(String agent, AgentCredentials others) {
        return new AgentSettings(gws, http, feed.agent().equals(agent) ? feed : feed.forAgent(agent), others, limits,
                store, services);
    }

    Key key() {
        return new Key(gws.api().toString().intern(), feed.agent());
    }

    /** The options by which two connections of one agent differ; never a value, for some are secret. */
    Set<String> differences(AgentSettings other) {
        Set<String> names = loginDifferences(other);
        names.addAll(DifferingOptions.of(feed, other.feed));
        names.addAll(DifferingOptions.of(limits, other.limits));
        if (!store.equals(other.store)) {
            names.add("stateRepository");
        }
        if (services != other.services) {
            names.add("watchServices or serviceGaps");
        }
        return names;
    }

    /** As {@link #differences}, in what matters to a login alone. */
    Set<String> loginDifferences(AgentSettings other) {
        Set<String> names = DifferingOptions.of(gws, other.gws);
        names.addAll(DifferingOptions.of(http, other.http));
        if (!CurrentCredentials.same(credentials, other.credentials)) {
            names.add("credentials (username, password, passwordFile)");
        }
        return names;
    }

    /** Says that somebody else uses the agent, and how the other way differs. */
    IllegalArgumentException inUse(Set<String> differences) {
        return new IllegalArgumentException("Agent " + feed.agent() + " at " + feed.server() + " is followed already"
                + " with other values of " + String.join(", ", differences) + ". Endpoints of one agent share one"
                + " session, so give them the same options, best for the component");
    }
}
