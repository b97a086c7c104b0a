package org.imsession.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;

/** What stands behind {@code server} in a {@link Scenario}: what it does, or what goes wrong until it is well. */
enum ServerDeed {

    /** Connections are refused, and all sessions are lost. */
    STOPS("stops", false, (server, time) -> server.stop()),
    /** On the same port as before. */
    STARTS("starts", false, (server, time) -> server.start()),
    /** Stops and starts. */
    RESTARTS("restarts", false, (server, time) -> server.restart()),
    /** Each Bayeux session has expired: 402. */
    FORGETS_SESSIONS("forgets sessions", false,
            (server, time) -> server.agents().forEach(agent -> server.agent(agent).dropBayeuxSession())),
    /** No ack extension; holds from the next start of the server on. */
    DOES_NOT_ACKNOWLEDGE("does not acknowledge", false,
            (server, time) -> server.settings(each -> each.without(GwsSwitch.ACK_EXTENSION))),
    /** No user and password are right. */
    REFUSES_LOGINS("refuses logins", false,
            (server, time) -> server.faults().always(Step.LOGIN, Fault.accessDenied())),
    /** No request is answered. */
    HANGS("hangs", false, (server, time) -> server.faults().always(Step.ANY, new Fault.Hang())),
    /** Every second connect meets a node that does not know the session. */
    IS_NOT_STICKY("is not sticky", false,
            (server, time) -> server.faults().add(FaultRule.at(Step.CONNECT, Fault.otherNode()).everySecond())),
    /** Each answer is late by that time. */
    ANSWERS_AFTER("answers after", true,
            (server, time) -> server.faults().always(Step.ANY, new Fault.Delay(time))),
    /** 503, and to come again after that time. */
    IS_BUSY_FOR("is busy for", true,
            (server, time) -> server.faults().always(Step.ANY, Fault.retryAfter(503, time))),
    /** Ends what goes wrong. */
    IS_WELL("is well", false, (server, time) -> server.faults().clear());

    private final String words;
    private final boolean timed;
    private final BiConsumer<GwsServer, Duration> deed;

    ServerDeed(String words, boolean timed, BiConsumer<GwsServer, Duration> deed) {
        this.words = words;
        this.timed = timed;
        this.deed = deed;
    }

    /** The deed whose words these are, or these with a time behind them. */
    static Optional<ServerDeed> of(String text) {
        return Arrays.stream(values())
                .filter(each -> each.timed ? text.startsWith(each.words + " ") : text.equals(each.words)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(each -> each.timed ? each.words + " TIME" : each.words)
                .collect(Collectors.joining(", "));
    }

    String words() {
        return words;
    }

    /** The text of the time, empty if none belongs to it. */
    String time(String text) {
        return timed ? text.substring(words.length()).trim() : "";
    }

    void happen(GwsServer server, Duration time) {
        deed.accept(server, time);
    }
}
