package org.imsession.simulator.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.imsession.simulator.record.Step;

/** What can be done to an answer after the server has handled the request; named as members of {@link Fault}. */
public interface AnswerChanges {

    /**
     * The answer ends in the middle of its body.
     *
     * @param bytes how much of the body is sent
     * @param reset whether it ends by RST instead of FIN
     */
    record Cut(int bytes, boolean reset) implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(answer.delivery().cut(bytes, reset));
        }
    }

    /**
     * The connection is closed before the first byte of the answer.
     *
     * @param reset whether by RST instead of FIN
     */
    record LoseAnswer(boolean reset) implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(answer.delivery().cut(Delivery.NOTHING, reset));
        }
    }

    /**
     * The answer is late.
     *
     * @param time by how much
     */
    record Delay(Duration time) implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(answer.delivery().after(time));
        }
    }

    /**
     * The body comes in slices.
     *
     * @param bytes the size of a slice
     * @param pause the time between two slices
     */
    record Slices(int bytes, Duration pause) implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(answer.delivery().sliced(bytes, pause));
        }
    }

    /** The events of the answer come twice. */
    record DuplicateEvents() implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(BayeuxBody.of(answer.body()).withEventsTwice());
        }
    }

    /** The replies stand before the events, as faye sends them; CometD sends events first. */
    record ConnectReplyFirst() implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(BayeuxBody.of(answer.body()).replyingFirst());
        }
    }

    /**
     * More messages come in front of those of the answer.
     *
     * @param messages the JSON texts of whole Bayeux messages, sent as they are
     */
    record InsertMessages(List<String> messages) implements Fault.Change {
        public InsertMessages {
            messages = List.copyOf(messages);
        }

        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(BayeuxBody.of(answer.body()).with(messages));
        }
    }

    /** The reply of the step is missing; the rest of the answer comes. */
    record RemoveReply() implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(BayeuxBody.of(answer.body()).without(step));
        }
    }

    /** The reply of the step has no {@code ext.ack}. */
    record RemoveAck() implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(BayeuxBody.of(answer.body()).withoutAck(step));
        }
    }

    /**
     * The reply of the step has another number in {@code ext.ack}.
     *
     * @param by what is added to the number, may be negative
     */
    record ShiftAck(long by) implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(BayeuxBody.of(answer.body()).withShiftedAck(step, by));
        }
    }

    /**
     * The reply of the step has this advice.
     *
     * @param advice its JSON text
     */
    record ReplaceAdvice(String advice) implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(BayeuxBody.of(answer.body()).withAdvice(step, advice));
        }
    }

    /**
     * The reply of the step says that it failed; what else is in the answer stays.
     *
     * @param error the member {@code error}
     */
    record ReplaceReply(String error) implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(BayeuxBody.of(answer.body()).withError(step, error));
        }
    }

    /**
     * The text of the body is changed by a function: what the other faults cannot do.
     *
     * @param function gets the text, gives another
     */
    record Rewrite(UnaryOperator<String> function) implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            return answer.with(function.apply(text).getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Bytes come in front of the body.
     *
     * @param bytes the bytes
     */
    record Prefix(byte[] bytes) implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            byte[] body = Arrays.copyOf(bytes, bytes.length + answer.body().length);
            System.arraycopy(answer.body(), 0, body, bytes.length, answer.body().length);
            return answer.with(body);
        }
    }

    /**
     * The right answer sets more cookies.
     *
     * @param fields gives the values of the {@code Set-Cookie} headers, anew for each answer
     */
    record SetCookies(Supplier<List<String>> fields) implements Fault.Change {
        @Override
        public Outgoing change(Outgoing answer, Step step) {
            return answer.with(Map.of("Set-Cookie", fields.get()));
        }
    }

    /**
     * One change after the other.
     *
     * @param changes the changes
     */
    record Together(List<Fault.Change> changes) implements Fault.Change {
        public Together {
            changes = List.copyOf(changes);
        }

        @Override
        public Outgoing change(Outgoing answer, Step step) {
            Outgoing changed = answer;
            for (Fault.Change each : changes) {
                changed = each.change(changed, step);
            }
            return changed;
        }
    }
}
