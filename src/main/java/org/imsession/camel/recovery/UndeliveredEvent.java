package org.imsession.camel.recovery;

import java.time.Instant;
import org.imsession.camel.text.ForPeople;

/**
 * An event that a route has been given and has not taken: it failed and comes again, is tried again by the route
 * itself, or is at work for longer than the limit.
 *
 * @param agent    the login name of the agent
 * @param sequence the sequence of the event
 * @param since    since when nothing of the agent goes through; earlier than the event if those before it were given up
 * @param attempts how many attempts have failed since then
 * @param reason   what the last one failed with, one line
 */
public record UndeliveredEvent(String agent, String sequence, Instant since, int attempts, String reason) {

    /** Which event of whom, since when and why, in one line. */
    public String summary(Instant now) {
        return "event " + sequence + " of agent " + agent + " is undelivered since " + ForPeople.since(since, now)
                + ", " + attempts + " failed attempts: " + reason;
    }

    /** Whether that has lasted for at least so long. */
    public boolean isOlder(long millis, Instant now) {
        return !since.plusMillis(millis).isAfter(now);
    }
}
