package org.imsession.simulator;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.imsession.simulator.agents.RefusedException;

/**
 * A little play for agents of a simulated GWS, one step per line:
 *
 * <pre>
 * # a comment
 * alice calls bob
 * bob answers
 * alice says Hello Bob, this is chat {n}
 * alice attaches favColor=blue
 * alice deletes favColor
 * alice completes
 * service Voice Inactive
 * server stops
 * wait 2s
 * server starts
 * repeat
 * </pre>
 *
 * <p>{@code {n}} is the number of the round, from 1. Verbs are in their own words: {@code answers} lets the session of
 * the agent go to Talking; a text said before does so, too. What the server does: {@code stops}, {@code starts},
 * {@code restarts}, {@code forgets sessions}, {@code refuses logins}, {@code hangs}, {@code is not sticky},
 * {@code answers after 2s}, {@code is busy for 20s} (503), all that until it {@code is well}, and
 * {@code does not acknowledge}, which holds from its next start on. Such lines that stand first hold at once, and are
 * not repeated.
 */
public final class Scenario {

    private final List<ScenarioLine> lines;

    private Scenario(List<ScenarioLine> lines) {
        this.lines = lines;
    }

    /**
     * Reads a scenario.
     *
     * @param text its lines
     * @return the scenario
     * @throws IllegalArgumentException naming the line that cannot be understood
     */
    public static Scenario parse(String text) {
        return new Scenario(ScenarioParser.parse(text));
    }

    /**
     * The scenario that is built in: alice and bob chat, round after round.
     *
     * @return the scenario
     */
    public static Scenario chat() {
        return BuiltInScenario.CHAT.with(List.of("alice", "bob"));
    }

    /** The lines about the server that stand first. */
    private List<ScenarioLine> opening() {
        return lines.stream().takeWhile(line -> line instanceof ScenarioLine.Server).toList();
    }

    /** Lets hold what it says first of the server: before the start, so that it holds from the first request on. */
    void open(GwsServer server) {
        opening().forEach(line -> line.happen(server));
    }

    private List<ScenarioLine> course() {
        return lines.subList(opening().size(), lines.size());
    }

    /** The names of all agents that take part. */
    Set<String> agents() {
        return lines.stream().flatMap(line -> line.agents().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Plays the scenario on a thread of its own until it ends or is stopped.
     *
     * @param server   the server, whose agents must be there; it may start later
     * @param pace     the time between two lines
     * @param listener is told each step before it happens, in words, and an error that ends the play
     * @return the running play
     */
    public Play play(GwsServer server, Duration pace, Consumer<String> listener) {
        open(server);
        return Play.start(this, server, pace, listener);
    }

    /** A {@link Scenario} that is being played, on a thread of its own. */
    public static final class Play implements AutoCloseable {

        private final Scenario scenario;
        private final GwsServer server;
        private final Duration pace;
        private final Consumer<String> listener;
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile Optional<String> error = Optional.empty();

        private Play(Scenario scenario, GwsServer server, Duration pace, Consumer<String> listener) {
            this.scenario = scenario;
            this.server = server;
            this.pace = pace;
            this.listener = listener;
        }

        static Play start(Scenario scenario, GwsServer server, Duration pace, Consumer<String> listener) {
            Play play = new Play(scenario, server, pace, listener);
            Thread thread = new Thread(play::run, "gws-simulator-scenario");
            thread.setDaemon(true);
            thread.start();
            return play;
        }

        private void run() {
            try {
                int round = 1;
                while (playRound(round)) {
                    round++;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IllegalArgumentException | RefusedException | UncheckedIOException e) {
                error = Optional.of(e.getMessage());
                listener.accept("The scenario has ended: " + e.getMessage());
            } finally {
                ended.countDown();
            }
        }

        /** Plays the lines once; true when they are to be repeated. */
        private boolean playRound(int round) throws InterruptedException {
            for (ScenarioLine line : scenario.course()) {
                if (line instanceof ScenarioLine.Repeat) {
                    return !pause(Duration.ofMillis(1));
                }
                if (line instanceof ScenarioLine.Waits waits ? pause(waits.time()) : pause(pace)) {
                    return false;
                }
                if (!(line instanceof ScenarioLine.Waits)) {
                    ScenarioLine step = line.inRound(round);
                    listener.accept(step.told());
                    step.happen(server);
                }
            }
            return false;
        }

        /** Waits; true when the play was stopped. */
        private boolean pause(Duration time) throws InterruptedException {
            return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }

        /**
         * Waits until the play has ended.
         *
         * @param timeout how long to wait
         * @return whether it has ended in time
         * @throws InterruptedException when the thread is interrupted
         */
        public boolean awaitEnd(Duration timeout) throws InterruptedException {
            return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        }

        /**
         * Why the play has ended before its time.
         *
         * @return the reason, empty when there is none
         */
        public Optional<String> error() {
            return error;
        }

        /** Stops after the step that is being played. */
        public void stop() {
            stopped.countDown();
        }

        /** Stops and waits, a second at most, until the step that is being played has ended. */
        @Override
        public void close() {
            stop();
            try {
                awaitEnd(Duration.ofSeconds(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
