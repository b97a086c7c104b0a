package org.imsession.camel.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imsession.camel.model.LogText;

/**
 * Who is in a team, at one moment. Free of secrets as far as the credentials are.
 *
 * @param agents   the credentials of each agent by login name; {@code equals} tells whether they have changed
 * @param rejected what could not be understood; an agent in it who is followed already goes on being followed with the
 *                 last credentials that could
 * @param problem  why this is not the present state but the last one that could be read, in one line; empty if it is
 *                 the present one
 */
public record Roster(Map<String, AgentCredentials> agents, List<RejectedEntry> rejected, String problem) {

    /** Nobody, without fault. */
    public static final Roster NOBODY = of(Map.of());

    /** What a bean gives without a name or credentials is rejected, as a line of a file would be. */
    public Roster {
        Map<String, AgentCredentials> good = new LinkedHashMap<>();
        List<RejectedEntry> bad = new ArrayList<>(rejected);
        agents.forEach((agent, credentials) -> {
            if (agent == null || agent.isBlank()) {
                bad.add(new RejectedEntry("", "the directory has an agent without a name; give the login name"));
            } else if (!LogText.escape(agent).equals(agent)) { // it would stand in every line about the agent
                bad.add(new RejectedEntry(agent, "the directory has an agent with a character in its name that cannot"
                        + " be seen, " + agent + "; give the login name"));
            } else if (credentials == null) {
                bad.add(new RejectedEntry(agent, "the directory has no credentials for agent " + agent
                        + "; give some, or remove the agent"));
            } else {
                good.put(agent, credentials);
            }
        });
        problem = LogText.escape(problem);
        agents = Collections.unmodifiableMap(good);
        rejected = List.copyOf(bad);
    }

    /** A roster without fault. */
    public static Roster of(Map<String, AgentCredentials> agents) {
        return new Roster(agents, List.of(), "");
    }

    /**
     * The same people, which may no longer be the present ones.
     *
     * @param why why not, in words for an operator; empty if they are again
     */
    public Roster because(String why) {
        return problem.equals(LogText.escape(why)) ? this : new Roster(agents, rejected, why);
    }

    /**
     * An entry of a directory that names no agent who could log in.
     *
     * @param agent the login name, empty if even that could not be read
     * @param why   where the entry is and what is wrong with it, in one line; without the secret in it
     */
    public record RejectedEntry(String agent, String why) {

        public RejectedEntry {
            agent = agent == null ? "" : LogText.escape(agent);
            why = why == null ? "an entry was rejected without a reason; look into the directory"
                    : LogText.escape(why);
        }
    }
}
