package org.imsession.camel.model;

import java.time.Instant;
import java.util.Objects;

/**
 * Notifications of an agent may have been lost, or were. Exactly one is reported for each window of loss; GWS keeps no
 * log of texts, so those cannot be fetched again, while the state of the sessions is read anew after each gap. If the
 * clock was set back meanwhile the two moments change places: a gap never ends before it begins.
 *
 * @param agent     the login name of the agent
 * @param from      when the feed was last known to be whole
 * @param to        when it was whole again
 * @param reason    what broke it
 * @param certainty whether the loss is a fact or a possibility
 * @param detail    one line for an operator, without chat text and secrets
 */
public record FeedGap(String agent, Instant from, Instant to, Reason reason, Certainty certainty, String detail)
        implements IMSessionNotification {

    /** {@link #messageType()} of every gap. */
    public static final String MESSAGE_TYPE = "FeedGap";

    public FeedGap {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(certainty, "certainty");
        Objects.requireNonNull(detail, "detail");
        if (from.isAfter(to)) {
            Instant earlier = to;
            to = from;
            from = earlier;
        }
    }

    /** What broke the feed. */
    public enum Reason {
        /** The server no longer knows the Bayeux session (restart, expiry, another node); its queue is gone. */
        SESSION_LOST,
        /** The server ended the session ({@code reconnect: none}, {@code /meta/disconnect}). */
        SESSION_ENDED,
        /** An answer was cut or never came, and the server does not keep events until they are acknowledged. */
        ANSWER_LOST,
        /** One message was larger than allowed and was skipped. */
        OVERSIZE_SKIPPED,
        /** The server kept sending an answer that cannot be read; it was given up together with its session. */
        UNREADABLE_SKIPPED,
        /** The server counted acknowledged events too high, again and again; the session was given up. */
        ACK_MISCOUNTED,
        /** A second session began although the first was not completed: its end may have been missed. */
        COMPLETION_MISSED,
        /** More events waited than {@code maxPending} allows, on a server that keeps none. */
        BUFFER_OVERFLOW
    }

    /** Whether notifications are known to be lost. */
    public enum Certainty {
        /** At least one notification was lost. */
        CERTAIN,
        /** Nobody can know: there may have been none. */
        POSSIBLE
    }

    @Override
    public String messageType() {
        return MESSAGE_TYPE;
    }

    @Override
    public String sessionId() {
        return "";
    }

    @Override
    public String raw() {
        return "";
    }
}
