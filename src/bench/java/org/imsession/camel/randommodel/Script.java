package org.imsession.camel.randommodel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.imsession.camel.randommodel.Act.Kind;
import org.imsession.camel.randommodel.Act.Step;

/** Rounds that are written down, each for one way in which events were once lost without a word. */
enum Script {

    /** A resumed session brought events and was lost before its subscription was confirmed; killed behind the gap. */
    KILLED_BEHIND_THE_GAP(Setting.CALM.withRepository(),
            of(Kind.AWAIT_LIVE), of(Kind.SEND, 1), of(Kind.AWAIT_DELIVERED),
            of(Kind.BLOCK), of(Kind.SEND, 3), of(Kind.AWAIT_ENTERED),
            Act.meet(Step.SUBSCRIBE, Mishap.FORGOTTEN_LATE), of(Kind.KILL, 0), of(Kind.BLOCK),
            of(Kind.AWAIT_ENTERED), of(Kind.PAUSE, 600), of(Kind.KILL, 0), of(Kind.AWAIT_LIVE)),

    /** A suspended route was stopped with what had been received. */
    STOPPED_WHILE_SUSPENDED(Setting.CALM, of(Kind.AWAIT_LIVE), of(Kind.SEND, 1), of(Kind.AWAIT_DELIVERED),
            of(Kind.SUSPEND), of(Kind.SEND, 5), of(Kind.PAUSE, 300), of(Kind.STOP), of(Kind.PAUSE, 100),
            of(Kind.START)),

    /** The same, without the ack extension. */
    STOPPED_WHILE_SUSPENDED_WITHOUT_ACK(Setting.CALM.unacknowledged(), of(Kind.AWAIT_LIVE), of(Kind.SEND, 1),
            of(Kind.AWAIT_DELIVERED), of(Kind.SUSPEND), of(Kind.SEND, 5), of(Kind.PAUSE, 300), of(Kind.STOP),
            of(Kind.PAUSE, 100), of(Kind.START)),

    /** A stop was forced while an exchange was at work, and others waited behind it. */
    STOPPED_BY_FORCE(Setting.CALM, of(Kind.AWAIT_LIVE), of(Kind.BLOCK), of(Kind.SEND, 5), of(Kind.AWAIT_ENTERED),
            of(Kind.STOP), of(Kind.HEAL), of(Kind.PAUSE, 100), of(Kind.START)),

    /** A route that failed, and was to be asked again, was stopped. */
    STOPPED_WHILE_FAILING(Setting.CALM.withFailedComingAgain(), of(Kind.AWAIT_LIVE), of(Kind.FAIL),
            of(Kind.SEND, 12), of(Kind.PAUSE, 300), of(Kind.STOP), of(Kind.PAUSE, 100), of(Kind.HEAL),
            of(Kind.START)),

    /** A route was stopped beside another one of the agent. */
    STOPPED_BESIDE_ANOTHER(Setting.CALM.withRoutes(2), of(Kind.AWAIT_LIVE), of(Kind.AWAIT_LIVE, 1), of(Kind.SEND, 1),
            of(Kind.AWAIT_DELIVERED), of(Kind.AWAIT_DELIVERED, 1), of(Kind.STOP, 1), of(Kind.SEND, 3),
            of(Kind.PAUSE, 200), of(Kind.START, 1)),

    /** A route was stopped while it reconnected to a server that had lost its session. */
    STOPPED_WHILE_RECONNECTING(Setting.CALM, of(Kind.AWAIT_LIVE), of(Kind.SEND, 1), of(Kind.AWAIT_DELIVERED),
            of(Kind.OUTAGE, 3000), of(Kind.PAUSE, 600), of(Kind.SEND, 2), of(Kind.FORGET), of(Kind.STOP),
            of(Kind.PAUSE, 100), of(Kind.OUTAGE, 0), of(Kind.START)),

    /** Events came in a session that never went live, and others were lost behind them. */
    LOST_BEFORE_LIVE(Setting.CALM, Act.meet(Step.SUBSCRIBE, Mishap.TOO_SLOW), of(Kind.AWAIT_SUBSCRIBED),
            of(Kind.SEND, 2), of(Kind.PAUSE, 200), of(Kind.FORGET), of(Kind.SEND, 2), of(Kind.AWAIT_LIVE)),

    /** The same, without the ack extension. */
    LOST_BEFORE_LIVE_WITHOUT_ACK(Setting.CALM.unacknowledged(), Act.meet(Step.SUBSCRIBE, Mishap.TOO_SLOW),
            of(Kind.AWAIT_SUBSCRIBED), of(Kind.SEND, 2), of(Kind.PAUSE, 200), of(Kind.FORGET), of(Kind.SEND, 2),
            of(Kind.AWAIT_LIVE)),

    /** A feed that a producer kept alive was taken up at the moment in which an exchange ended. */
    TAKEN_UP_AS_AN_EXCHANGE_ENDS(Setting.CALM.withProducer(), takenUp()),

    /** Two sessions were lost one after the other. */
    LOST_TWICE(Setting.CALM, of(Kind.AWAIT_LIVE), of(Kind.FORGET), of(Kind.PAUSE, 50),
            of(Kind.AWAIT_LIVE), of(Kind.FORGET), of(Kind.PAUSE, 50), of(Kind.AWAIT_LIVE), of(Kind.FORGET),
            of(Kind.AWAIT_LIVE)),

    /** A session was resumed, and another snapshot told. */
    RESUMED(Setting.CALM.withRepository(), of(Kind.AWAIT_LIVE), of(Kind.SEND, 1), of(Kind.AWAIT_DELIVERED),
            of(Kind.CHAT), of(Kind.RESTART, 0), of(Kind.AWAIT_LIVE)),

    /** A process ended while a suspended route, beside another one, had not been told of a gap. */
    ENDED_BEFORE_A_ROUTE_WAS_TOLD(Setting.CALM.withRepository().withRoutes(2), of(Kind.AWAIT_LIVE),
            of(Kind.AWAIT_LIVE, 1), of(Kind.SEND, 1), of(Kind.AWAIT_DELIVERED), of(Kind.AWAIT_DELIVERED, 1),
            of(Kind.SUSPEND), of(Kind.FORGET), of(Kind.SEND, 3), of(Kind.PAUSE, 300), of(Kind.RESTART, 0),
            of(Kind.AWAIT_LIVE), of(Kind.AWAIT_LIVE, 1), of(Kind.SEND, 1), of(Kind.AWAIT_DELIVERED),
            of(Kind.AWAIT_DELIVERED, 1), of(Kind.SUSPEND, 1), of(Kind.FORGET), of(Kind.SEND, 3), of(Kind.PAUSE, 300),
            of(Kind.RESTART, 0), of(Kind.AWAIT_LIVE)),

    /** A route was stopped before its process could go on with the session of the one before, which was lost then. */
    STOPPED_BEFORE_THE_SESSION_WENT_ON(Setting.CALM.withRepository().withRoutes(2), of(Kind.AWAIT_LIVE),
            of(Kind.AWAIT_LIVE, 1), of(Kind.SEND, 1), of(Kind.AWAIT_DELIVERED), of(Kind.AWAIT_DELIVERED, 1),
            of(Kind.OUTAGE, 10_000), of(Kind.PAUSE, 600), of(Kind.SEND, 2), of(Kind.KILL, 50), of(Kind.PAUSE, 200),
            of(Kind.STOP), of(Kind.FORGET), of(Kind.OUTAGE, 0), of(Kind.AWAIT_LIVE, 1), of(Kind.START),
            of(Kind.AWAIT_LIVE)),

    /** A process was killed while one of its routes was stopped, and the other had ended what came meanwhile. */
    KILLED_WHILE_A_ROUTE_WAS_STOPPED(Setting.CALM.withRepository().withRoutes(2), of(Kind.AWAIT_LIVE),
            of(Kind.AWAIT_LIVE, 1), of(Kind.SEND, 1), of(Kind.AWAIT_DELIVERED), of(Kind.AWAIT_DELIVERED, 1),
            of(Kind.STOP, 1), of(Kind.SEND, 3), of(Kind.AWAIT_DELIVERED), of(Kind.PAUSE, 300), of(Kind.KILL, 50),
            of(Kind.AWAIT_LIVE), of(Kind.AWAIT_LIVE, 1)),

    /** A session was lost, and its route stopped before the next one was subscribed; that one went on at the start. */
    STOPPED_BEFORE_THE_GAP_WAS_TOLD(Setting.CALM.withRepository(), of(Kind.AWAIT_LIVE), of(Kind.SEND, 1),
            of(Kind.AWAIT_DELIVERED), Act.meet(Step.SUBSCRIBE, Mishap.TOO_SLOW), of(Kind.FORGET), of(Kind.SEND, 2),
            of(Kind.PAUSE, 200), of(Kind.STOP), of(Kind.PAUSE, 50), of(Kind.START), of(Kind.AWAIT_LIVE));

    private final Setting setting;
    private final List<Act> acts;

    Script(Setting setting, Act... acts) {
        this.setting = setting;
        this.acts = List.of(acts);
    }

    Plan plan() {
        return new Plan(name(), ordinal(), setting, acts);
    }

    private static Act of(Kind kind) {
        return Act.of(kind, 0);
    }

    private static Act of(Kind kind, int number) {
        return Act.of(kind, number);
    }

    /** Again and again, since it has to be just that moment. */
    private static Act[] takenUp() {
        List<Act> acts = new ArrayList<>(List.of(of(Kind.AWAIT_LIVE), of(Kind.ASK), of(Kind.PAUSE, 50)));
        for (int i = 0; i < 60; i++) {
            acts.addAll(Arrays.asList(of(Kind.BLOCK), of(Kind.SEND, 1), of(Kind.AWAIT_ENTERED), of(Kind.STOP),
                    of(Kind.SEND, 1), of(Kind.HEAL_SOON, 100 + 50 * i), of(Kind.START), of(Kind.AWAIT_DELIVERED)));
        }
        return acts.toArray(Act[]::new);
    }
}
