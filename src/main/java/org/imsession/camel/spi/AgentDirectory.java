package org.imsession.camel.spi;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is in a team, as it changes: implement it to take the agents from a data base, a directory service or a
 * personnel system, and give the bean to {@code imsession:team?agents=#bean}. {@link AgentList} is one that is filled
 * by code.
 *
 * <p>A directory tells whole rosters, not steps; who was added, removed or changed follows from comparing one with the
 * next, so nothing is amiss for good when one was missed.
 *
 * <p><b>Threads.</b> {@link #follow} is called by the thread that starts the route and may block; it should not, for
 * longer than a start may take. The listener may be called from any thread, by one at a time, and returns without
 * waiting for the network. It must not be called from within {@code close} of the registration.
 */
@FunctionalInterface
public interface AgentDirectory {

    /**
     * Begins to tell a listener who is in the team. The first roster is told before this returns.
     *
     * @param listener who wants to know, not {@code null}
     * @return to be closed when nothing more is to be told; never {@code null}
     * @throws UnavailableException if there is no roster to begin with; the route does not start then, and the message
     *                              tells its operator what to do, in the log and in health; any other
     *                              {@link RuntimeException} does the same in the log only
     */
    Registration follow(Listener listener);

    /** A team that does not change. */
    static AgentDirectory of(Map<String, AgentCredentials> agents) {
        Roster roster = Roster.of(new LinkedHashMap<>(agents));
        return listener -> {
            listener.roster(roster);
            return () -> { };
        };
    }

    /** Who wants to know the team. */
    interface Listener {

        /** Hears who is in the team from now on. */
        void roster(Roster roster);
    }

    /** The end of telling a listener. */
    interface Registration extends AutoCloseable {

        /** Tells nothing from now on; a call that is under way may still end. */
        @Override
        void close();
    }
}
