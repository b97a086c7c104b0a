package org.imsession.camel.soak;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Lets mishaps happen at random moments: two winds, each of which does one thing after the other. One blows over
 * server, agents and network, the other over network and process, so that no two undo each other's work at the same
 * object, but for the network, where it does no harm.
 */
final class Weather {

    private final Scene server;
    private final Scene process;
    private final PrintStream log;
    private final long deathsUntilNanos;
    private final Map<String, Integer> happened = new ConcurrentSkipListMap<>();
    private volatile boolean brokenDown;

    /**
     * @param deathsUntilNanos the moment, by {@link System#nanoTime()}, from which the process is left alive
     */
    Weather(Scene scene, PrintStream log, long deathsUntilNanos) {
        this.server = scene.with(new Random(scene.random().nextLong()));
        this.process = scene.with(new Random(scene.random().nextLong()));
        this.log = log;
        this.deathsUntilNanos = deathsUntilNanos;
    }

    /** Over server, agents and network. */
    void overServer() {
        blow(server, () -> {
            int draw = server.random().nextInt(100);
            return draw < 2 ? Mishaps.SERVER : draw < 8 ? Mishaps.SESSION : Mishaps.AGENT;
        }, 300, 3000);
    }

    /** Over network and process. */
    void overProcess() {
        blow(process, () -> {
            int draw = process.random().nextInt(100);
            if (draw < 45 && System.nanoTime() < deathsUntilNanos) {
                return Mishaps.DEATH;
            }
            if (draw < 60 && process.database().isPresent()) {
                return Mishaps.DATABASE;
            }
            return draw < 96 ? Mishaps.NETWORK : Mishaps.FREEZE;
        }, 2000, 20_000);
    }

    private interface Choice {

        List<Mishap> next();
    }

    private void blow(Scene scene, Choice choice, int least, int most) {
        try {
            while (scene.over().getCount() > 0) {
                scene.wait(scene.from(least, most));
                List<Mishap> mishaps = choice.next();
                Mishap mishap = mishaps.get(scene.random().nextInt(mishaps.size()));
                log.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + mishap.name());
                happened.merge(mishap.name(), 1, Integer::sum);
                mishap.act().on(scene);
                log.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + mishap.name() + ": over");
            }
        } catch (Exception e) {
            brokenDown = true;
            log.println("The weather broke down");
            e.printStackTrace(log);
        }
    }

    /** Whether it failed, so that what follows is no proof. */
    boolean hasBrokenDown() {
        return brokenDown;
    }

    int count() {
        return happened.values().stream().mapToInt(Integer::intValue).sum();
    }

    Map<String, Integer> happened() {
        return new TreeMap<>(happened);
    }
}
