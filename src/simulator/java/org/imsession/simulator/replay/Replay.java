package org.imsession.simulator.replay;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.imsession.simulator.recording.Recording;

/**
 * A recording that is played again, to each of its agents once. Its time begins with the first handshake. Safe for
 * use by
 * several threads.
 */
public final class Replay {

    /** How long a turn is waited for that nobody asks for, while somebody waits for a later one. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, AgentReplay> agents = new LinkedHashMap<>();
    private final boolean fast;
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "gws-replay");
        thread.setDaemon(true);
        return thread;
    });
    private long begin;
    private boolean begun;

    /**
     * A replay that has not begun.
     *
     * @param recording what is played
     * @param fast      whether each answer comes as soon as the one before has been taken, and not in its time
     */
    public Replay(Recording recording, boolean fast) {
        this.fast = fast;
        scheduler.setKeepAliveTime(1, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        recording.agents().forEach(agent -> agents.put(agent, new AgentReplay(recording.answers().stream()
                .filter(each -> each.agent().equals(agent)).map(Turn::of).toList(), this)));
    }

    /**
     * The agents.
     *
     * @return the names that the recording gives them
     */
    public Collection<String> agents() {
        return List.copyOf(agents.keySet());
    }

    /**
     * An agent asks for something.
     *
     * @param agent one of its agents
     * @param asked what it asks for
     */
    public void ask(String agent, Asked asked) {
        agents.get(agent).ask(asked);
    }

    /**
     * Whether all has been played to all agents, and they have taken it.
     *
     * @return true from then on
     */
    public boolean isOver() {
        return agents.values().stream().allMatch(AgentReplay::isOver);
    }

    /** The server stops: all sessions are gone. What has been played has been played. */
    public void abandon() {
        agents.values().forEach(AgentReplay::abandon);
    }

    boolean isFast() {
        return fast;
    }

    void later(long millis, Runnable task) {
        scheduler.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** The first that happens begins the time. */
    synchronized void begun(Turn turn) {
        if (!begun) {
            begun = true;
            begin = millis() - turn.answer().millis();
        }
    }

    /** How long from now until its time has come, in milliseconds; not above 0 if it has. */
    synchronized long waitFor(Turn turn) {
        return fast || !begun ? 0 : begin + turn.answer().millis() - millis();
    }

    static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
