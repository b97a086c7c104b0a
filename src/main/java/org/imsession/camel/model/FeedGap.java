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
    private static final int LONGEST_DETAIL = 500;

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
        /** The route was stopped, and the server was not to keep for it what was sent meanwhile. */
        ROUTE_STOPPED,
        /** More events waited than {@code maxPending} allows, on a server that keeps none. */
        BUFFER_OVERFLOW,
        /** The service that carries instant messages was not active; told only if {@code serviceGaps} asks for it. */
        SERVICE_INACTIVE
    }

    /** Whether notifications are known to be lost. */
    public enum Certainty {
        /** At least one notification was lost. */
        CERTAIN,
        /** Nobody can know: there may have been none. */
        POSSIBLE
    }

    /**
     * One gap that covers this one and a later one of the same agent.
     *
     * @return a gap with the reason of whichever begins first, certain if one of them is
     */
    public FeedGap joined(FeedGap later) {
        FeedGap first = later.from.isBefore(from) ? later : this;
        FeedGap last = later.to.isBefore(to) ? this : later;
        String both = detail + "; then " + later.detail;
        return new FeedGap(agent, first.from, last.to, first.reason,
                certainty == Certainty.CERTAIN ? certainty : later.certainty,
                both.length() <= LONGEST_DETAIL ? both : both.substring(0, LONGEST_DETAIL) + "...");
    }

    /** The same from that moment on: what was lost before has been told. */
    public FeedGap from(Instant moment) {
        return new FeedGap(agent, moment, to, reason, certainty, detail);
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
