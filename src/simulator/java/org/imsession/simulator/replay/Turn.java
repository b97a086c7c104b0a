package org.imsession.simulator.replay;

import java.util.List;
import java.util.stream.Stream;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.recording.RecordedAnswer;
import org.imsession.simulator.recording.RecordedAnswer.End;

/**
 * A recorded answer as something that is to happen.
 *
 * @param answer  the answer
 * @param step    the step at which it happens
 * @param replies its Bayeux replies, in order
 * @param events  the events that were new in it, in order
 * @param success whether the server did what it was asked for
 */
record Turn(RecordedAnswer answer, Step step, List<Bayeux> replies, List<Bayeux> events, boolean success) {

    private static final String IM_SESSIONS = "/me/im-sessions";

    static Turn of(RecordedAnswer answer) {
        List<Bayeux> batch = answer.batch().stream().map(Bayeux::of).toList();
        List<Bayeux> replies = batch.stream().filter(Bayeux::isMeta).toList();
        boolean well = answer.head().end() == End.WHOLE && answer.head().status() / 100 == 2
                && replies.stream().allMatch(Bayeux::isSuccessful)
                && (answer.path().startsWith("/notifications") ? !replies.isEmpty() :
                        !answer.content().json().isEmpty());
        return new Turn(answer, step(answer), replies,
                batch.stream().filter(each -> !each.isMeta()).skip(answer.again()).toList(), well);
    }

    /** The one of its steps that matters most. */
    private static Step step(RecordedAnswer answer) {
        return Stream.of(Step.HANDSHAKE, Step.SUBSCRIBE, Step.CONNECT).filter(answer.steps()::contains).findFirst()
                .orElseGet(() -> answer.steps().contains(Step.SNAPSHOT) && !answer.path().equals(IM_SESSIONS) ?
                        Step.OTHER
                        : answer.steps().get(0));
    }

    /** Whether it has its place among the others: what an agent learns by it depends on what came before. */
    boolean isInOrder() {
        return switch (step) {
            case HANDSHAKE, SUBSCRIBE, SNAPSHOT -> true;
            case LOGIN -> !success;
            case CONNECT -> !success || !events.isEmpty();
            default -> !events.isEmpty();
        };
    }

    /** Whether it says something of conversations on a way of its own, which may be quicker than the connects. */
    boolean tellsBesideConnects() {
        return step == Step.SNAPSHOT || step != Step.CONNECT && !events.isEmpty();
    }

    /** Whether the client cannot go on with its session after it. */
    boolean endsSession() {
        return step == Step.HANDSHAKE && !success || replies.stream().anyMatch(Bayeux::endsSession);
    }

    boolean acknowledges() {
        return replies.stream().anyMatch(Bayeux::hasAck);
    }
}
