package org.imsession.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
 * wait 2s
 * repeat
 * </pre>
 *
 * <p>{@code {n}} is the number of the round, from 1. Verbs are in their own words: {@code answers} lets the session of
 * the agent go to Talking; a text said before does so, too.
 */
public final class Scenario {

    private static final String CHAT = """
            alice calls bob
            bob answers
            alice attaches favColor=blue
            alice says Hello Bob, this is chat {n}
            bob says Hello Alice, how can I help?
            alice says My customer would like another colour
            alice attaches favColor=green
            bob says Green it is
            alice says Thank you, bye
            bob completes
            wait 1s
            repeat
            """;

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
        return parse(CHAT);
    }

    List<ScenarioLine> lines() {
        return lines;
    }

    /**
     * Plays the scenario on a thread of its own until it ends or is stopped.
     *
     * @param server   the server, whose agents must be there
     * @param pace     the time between two lines
     * @param listener is told each step before it happens, in words, and an error that ends the play
     * @return the running play
     */
    public Play play(GwsServer server, Duration pace, Consumer<String> listener) {
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
            } catch (IllegalArgumentException | RefusedException e) {
                error = Optional.of(e.getMessage());
                listener.accept("The scenario has ended: " + e.getMessage());
            } finally {
                ended.countDown();
            }
        }

        /** Plays the lines once; true when they are to be repeated. */
        private boolean playRound(int round) throws InterruptedException {
            for (ScenarioLine line : scenario.lines()) {
                if (line instanceof ScenarioLine.Repeat) {
                    return !pause(Duration.ofMillis(1));
                }
                if (line instanceof ScenarioLine.Waits waits ? pause(waits.time()) : pause(pace)) {
                    return false;
                }
                if (!(line instanceof ScenarioLine.Waits)) {
                    play(line, round);
                }
            }
            return false;
        }

        /** Waits; true when the play was stopped. */
        private boolean pause(Duration time) throws InterruptedException {
            return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void play(ScenarioLine line, int round) {
            if (line instanceof ScenarioLine.Calls calls) {
                listener.accept(calls.agent() + " calls " + calls.other());
                server.agent(calls.agent()).calls(calls.other());
            } else if (line instanceof ScenarioLine.Answers answers) {
                listener.accept(answers.agent() + " answers");
                server.agent(answers.agent()).session().talks();
            } else if (line instanceof ScenarioLine.Says says) {
                String text = says.text().replace("{n}", Integer.toString(round));
                listener.accept(says.agent() + " says " + text);
                server.agent(says.agent()).session().says(text);
            } else if (line instanceof ScenarioLine.Attaches attaches) {
                listener.accept(attaches.agent() + " attaches " + attaches.userData());
                server.agent(attaches.agent()).session().attach(attaches.userData());
            } else if (line instanceof ScenarioLine.Deletes deletes) {
                listener.accept(deletes.agent() + " deletes " + deletes.key());
                server.agent(deletes.agent()).session().delete(deletes.key());
            } else if (line instanceof ScenarioLine.Service service) {
                listener.accept("service " + service.type() + " is " + service.state());
                server.service(service.type(), service.state());
            } else if (line instanceof ScenarioLine.Completes completes) {
                listener.accept(completes.agent() + " completes");
                server.agent(completes.agent()).session().complete();
            }
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
