package org.imsession.simulator;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.imsession.simulator.agents.RefusedException;

/** A {@link Scenario} that is being played, on a thread of its own. */
public final class ScenarioPlay implements AutoCloseable {

    private final Scenario scenario;
    private final GwsServer server;
    private final Duration pace;
    private final Consumer<String> listener;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<String> error = Optional.empty();

    private ScenarioPlay(Scenario scenario, GwsServer server, Duration pace, Consumer<String> listener) {
        this.scenario = scenario;
        this.server = server;
        this.pace = pace;
        this.listener = listener;
    }

    static ScenarioPlay start(Scenario scenario, GwsServer server, Duration pace, Consumer<String> listener) {
        ScenarioPlay play = new ScenarioPlay(scenario, server, pace, listener);
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
