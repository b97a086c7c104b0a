package org.imsession.camel.monitor;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.imsession.camel.fleet.Team;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.Roster;

/**
 * One run of a consumer, from its start to its stop: the agents, and where they are measured. A directory may tell
 * something late, such as when its disk hung across a stop and a start: that reaches the run that it was asked for,
 * which has ended, and nothing of the next one.
 */
public final class TeamRun implements AgentDirectory.Listener, AutoCloseable {

    private final Team team;
    private final Meters meters;
    private final Reminders reminders;
    private final boolean measuredByName;
    private final Duration patience;
    private volatile boolean told;

    /**
     * @param team           the agents
     * @param meters         where they are measured
     * @param reminders      say again what lasts
     * @param measuredByName whether each of them is, too
     * @param patience       how long the server may take to hear that an agent has gone
     */
    public TeamRun(Team team, Meters meters, Reminders reminders, boolean measuredByName, Duration patience) {
        this.team = team;
        this.meters = meters;
        this.reminders = reminders;
        this.measuredByName = measuredByName;
        this.patience = patience;
    }

    public Team team() {
        return team;
    }

    /** Whether a directory has told who is in the team. */
    public boolean told() {
        return told;
    }

    @Override
    public void roster(Roster roster) {
        team.roster(roster);
        told = true;
        measure(roster.agents().keySet());
    }

    /** Who is in the team. */
    public void measure(Set<String> agents) {
        if (measuredByName) {
            meters.agents(agents);
        }
    }

    /** Leaves all agents; feeds that take too long go on to stop by themselves. */
    @Override
    public void close() throws ExecutionException {
        reminders.close();
        try {
            meters.close();
        } finally {
            leave();
        }
    }

    private void leave() throws ExecutionException {
        try {
            team.stop().get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // the feeds go on to stop by themselves
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // a shutdown that is forced; they do so then, too
        }
    }
}
