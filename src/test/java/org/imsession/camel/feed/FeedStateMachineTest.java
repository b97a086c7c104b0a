package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.status.FeedState.BACKING_OFF;
import static org.imsession.camel.status.FeedState.HANDSHAKING;
import static org.imsession.camel.status.FeedState.LIVE;
import static org.imsession.camel.status.FeedState.LOGGING_IN;
import static org.imsession.camel.status.FeedState.PARKED;
import static org.imsession.camel.status.FeedState.RECONNECTING;
import static org.imsession.camel.status.FeedState.SUBSCRIBING;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.imsession.camel.status.FeedState;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks every transition of the table in {@link FeedState}, and no other. */
class FeedStateMachineTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private final Set<String> walked = new TreeSet<>();

    @Test
    void everyTransitionOfTheTableIsMadeAndNoOther() throws Exception {
        loginFails();
        passwordIsWrong();
        stoppedWhileLoggingIn();
        handshakeFails();
        subscriptionFails();
        connectFails();
        sessionIsLost();
        passwordChangesOnTheServer();
        Set<String> table = new TreeSet<>();
        for (FeedState from : FeedState.values()) {
            from.next().forEach(to -> table.add(from + " -> " + to));
        }
        assertThat(walked).isEqualTo(table);
    }

    private interface Walk {

        void along(RunningFeed running) throws Exception;
    }

    private void walk(String password, Walk walk) throws Exception {
        RunningFeed running = new RunningFeed(gws.url(), password);
        try (running) {
            running.feed.start();
            walk.along(running);
        } finally {
            gws.faults().clear();
        }
        walked.addAll(running.transitions());
    }

    private void loginFails() throws Exception {
        ArmedFault fault = gws.faults().always(Step.LOGIN, Fault.status(500));
        walk("secret", running -> {
            running.reaches(BACKING_OFF);
            fault.clear();
            running.reaches(LIVE);
        });
        gws.faults().always(Step.LOGIN, Fault.retryAfter(503, Duration.ofSeconds(60)));
        walk("secret", running -> running.reaches(BACKING_OFF).stop());
    }

    private void passwordIsWrong() throws Exception {
        walk("wrong", running -> {
            running.reaches(PARKED);
            running.feed.retryNow();
            running.passes(PARKED, LOGGING_IN).reaches(PARKED).stop();
        });
    }

    private void stoppedWhileLoggingIn() throws Exception {
        gws.faults().always(Step.LOGIN, new Fault.Hang());
        walk("secret", running -> running.reaches(LOGGING_IN).stop());
    }

    private void handshakeFails() throws Exception {
        ArmedFault fault = gws.faults().always(Step.HANDSHAKE, Fault.status(500));
        walk("secret", running -> {
            running.passes(HANDSHAKING, BACKING_OFF);
            fault.clear();
            running.reaches(LIVE);
        });
        gws.faults().always(Step.HANDSHAKE, new Fault.Hang());
        walk("secret", running -> running.reaches(HANDSHAKING).stop());
    }

    private void subscriptionFails() throws Exception {
        ArmedFault fault = gws.faults().always(Step.SUBSCRIBE, Fault.bayeuxError("403::subscribe_denied"));
        walk("secret", running -> {
            running.passes(SUBSCRIBING, BACKING_OFF);
            fault.clear();
            running.reaches(LIVE);
        });
        gws.faults().always(Step.SUBSCRIBE, new Fault.Hang());
        walk("secret", running -> running.reaches(SUBSCRIBING).stop());
    }

    private void connectFails() throws Exception {
        walk("secret", running -> {
            running.reaches(LIVE);
            connectIsHeld();
            gws.faults().once(Step.CONNECT, Fault.status(500));
            gws.agent("alice").answerHeldConnect();
            running.passes(LIVE, RECONNECTING).passes(RECONNECTING, LIVE);
            connectIsHeld();
            gws.faults().always(Step.CONNECT, Fault.retryAfter(503, Duration.ofSeconds(60)));
            gws.agent("alice").answerHeldConnect();
            running.reaches(RECONNECTING).stop();
        });
        walk("secret", running -> {
            running.reaches(LIVE);
            connectIsHeld();
            gws.faults().once(Step.CONNECT, Fault.status(500));
            gws.faults().once(Step.CONNECT, Fault.unknownClient());
            gws.agent("alice").answerHeldConnect();
            running.passes(RECONNECTING, BACKING_OFF).reaches(LIVE);
        });
    }

    /** A fault that is to hit the next connect waits until the server holds the one before it. */
    private void connectIsHeld() throws Exception {
        assertThat(gws.agent("alice").awaitHeldConnect(Duration.ofSeconds(20))).isTrue();
    }

    private void sessionIsLost() throws Exception {
        walk("secret", running -> {
            running.reaches(LIVE);
            gws.agent("alice").dropBayeuxSession();
            running.passes(LIVE, BACKING_OFF).passes(BACKING_OFF, LOGGING_IN).reaches(LIVE);
        });
    }

    private void passwordChangesOnTheServer() throws Exception {
        walk("secret", running -> {
            running.reaches(LIVE);
            connectIsHeld();
            gws.faults().always(Step.LOGIN, Fault.accessDenied());
            gws.faults().always(Step.CONNECT, Fault.status(403));
            gws.agent("alice").answerHeldConnect();
            running.passes(RECONNECTING, PARKED);
        });
    }
}
