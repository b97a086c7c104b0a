package org.imsession.camel.feed;

import java.time.Instant;
import java.util.Optional;

/**
 * How a feed is doing, at one moment; free of secrets and of chat text.
 *
 * @param agent       the login name of the agent
 * @param server      the server, as host and port
 * @param state       the state
 * @param since       since when it has been in that state
 * @param reason      why it is in that state, one line
 * @param attempts    how many attempts failed since it was last live and stable
 * @param guarantee   what the current session promises
 * @param lastEvent   when the last event was received, {@code null} if none was: use {@link #lastEventAt()}
 * @param received    how many events were received from the server
 * @param repeated    how many the server sent again, which were recognised
 * @param gaps        how many gaps were reported
 * @param unrepaired  whether the state of the sessions could not be read yet after the last subscription
 * @param foreign     how many messages came for a channel that was not subscribed to
 * @param pending     how many events have been received and not ended
 * @param reconnects  how many times a new session was made after one had been live
 * @param resumable   whether another process could go on with the current session: the server acknowledges, and where
 *                    the feed stands could be kept
 * @param inFront     what is known of something in front of the server that keeps events from coming: it cuts answers,
 *                    or sends the requests of one session to several nodes; empty if nothing is
 */
public record FeedStatus(String agent, String server, FeedState state, Instant since, String reason, int attempts,
                         DeliveryGuarantee guarantee, Instant lastEvent, long received, long repeated, long gaps,
                         boolean unrepaired, long foreign, int pending, long reconnects, boolean resumable,
                         String inFront) {

    /** When the last event was received, if one was. */
    public Optional<Instant> lastEventAt() {
        return Optional.ofNullable(lastEvent);
    }

    /** Whether events flow, and nothing in front of the server is known to keep them from coming. */
    public boolean live() {
        return state == FeedState.LIVE && inFront.isEmpty();
    }

    /** The same as {@link #toString} with what was counted, in one line: for JMX and the dev console. */
    public String summary() {
        return this + " pending=" + pending + " received=" + received + " gaps=" + gaps + " reconnects=" + reconnects
                + " lastEvent=" + lastEventAt().map(Object::toString).orElse("none") + " guarantee=" + guarantee.label();
    }

    /** One line that says who, where, what, since when and why. */
    @Override
    public String toString() {
        return "agent=" + agent + " server=" + server + " state=" + state + " since=" + since + " reason=" + reason;
    }
}
