package org.imsession.camel.status;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.imsession.camel.event.DeliveryGuarantee;
import org.imsession.camel.text.ForPeople;

/**
 * How a feed is doing, at one moment; free of secrets and of chat text.
 *
 * @param agent       the login name of the agent
 * @param server      the server, as host and port
 * @param state       the state
 * @param since       since when it has been in that state
 * @param silent      since when no events flow, through whatever states, {@code null} while they do: use
 *                    {@link #silentSince()}
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
 * @param failedLogins how many logins failed, for whatever reason
 * @param resumable   whether another process could go on with the current session: the server acknowledges, and where
 *                    the feed stands could be kept
 * @param inFront     what is known of something in front of the server that keeps events from coming: it cuts answers,
 *                    or sends the requests of one session to several nodes; empty if nothing is
 * @param lasting     what is wrong beside the state, and lasts: by the code of the log line that told it, what it is
 */
public record FeedStatus(String agent, String server, FeedState state, Instant since, Instant silent, String reason,
                         int attempts, DeliveryGuarantee guarantee, Instant lastEvent, long received, long repeated,
                         long gaps, boolean unrepaired, long foreign, int pending, long reconnects, long failedLogins,
                         boolean resumable, String inFront, Map<String, String> lasting) {

    public FeedStatus {
        lasting = Map.copyOf(lasting);
    }

    /** Of an agent who has no feed, because it cannot be followed since that moment, for that reason. */
    public static FeedStatus parked(String agent, String server, Instant since, String why) {
        return new FeedStatus(agent, server, FeedState.PARKED, since, since, why, 0, DeliveryGuarantee.NONE, null, 0, 0,
                0, false, 0, 0, 0, 0, false, "", Map.of());
    }

    /** Since when no events flow; empty while they do. */
    public Optional<Instant> silentSince() {
        return live() ? Optional.empty() : Optional.of(silent == null ? since : silent);
    }

    /** When the last event was received, if one was. */
    public Optional<Instant> lastEventAt() {
        return Optional.ofNullable(lastEvent);
    }

    /** Whether events flow, and nothing in front of the server is known to keep them from coming. */
    public boolean live() {
        return state == FeedState.LIVE && inFront.isEmpty();
    }

    /** For an operator who reads one line only: who, since when, in which state after how many attempts, and why. */
    public String sentence(Instant now) {
        return "agent " + agent + " at " + server
                + silentSince().map(from -> " receives nothing since " + ForPeople.since(from, now) + ", state="
                        + state).orElse(" is " + state + " since " + ForPeople.since(since, now) + ",")
                + " attempts=" + attempts + ": " + reason;
    }

    /** The same as {@link #toString} with what was counted, in one line: for JMX and the dev console. */
    public String summary() {
        return this + " pending=" + pending + " received=" + received + " gaps=" + gaps + " reconnects=" + reconnects
                + " lastEvent=" + lastEventAt().map(FeedStatus::ago).orElse("none") + " guarantee="
                + guarantee.label();
    }

    /** One line that says who, where, what, since when and why. */
    @Override
    public String toString() {
        return "agent=" + agent + " server=" + server + " state=" + state + " since " + ago(since)
                + silentSince().map(from -> " silent since " + ago(from)).orElse("") + " attempts=" + attempts
                + " reason=" + reason;
    }

    private static String ago(Instant time) {
        return ForPeople.since(time, Instant.now());
    }
}
