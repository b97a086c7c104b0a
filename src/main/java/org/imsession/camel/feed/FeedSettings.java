package org.imsession.camel.feed;

import java.time.Duration;
import java.util.List;
import org.imsession.camel.bayeux.BayeuxSettings;
import org.imsession.camel.recovery.Backoff;

/**
 * How a feed behaves.
 *
 * @param agent                 the login name of the agent
 * @param server                the server as log lines name it, host and port
 * @param bayeux                how to talk to it
 * @param topic                 the channel of IM sessions
 * @param maxPending            how many events may wait in memory
 * @param backoff               how long to wait after a failure
 * @param parkedRetry           how long a parked agent rests before it is tried again all the same
 * @param credentialCheck       how often a parked agent's credential is looked at, in case it has changed
 * @param contactCenterChannels the channels to log in to after the subscription, none for not at all
 * @param place                 the place to log in at, empty for the agent's default
 * @param logContext            whether log lines have the agent in their context, too (SLF4J's MDC)
 */
public record FeedSettings(String agent, String server, BayeuxSettings bayeux, String topic, int maxPending,
                           Backoff backoff, Duration parkedRetry, Duration credentialCheck,
                           List<String> contactCenterChannels, String place, boolean logContext) {

    public FeedSettings {
        contactCenterChannels = List.copyOf(contactCenterChannels);
    }

    /** The same for another agent. */
    public FeedSettings forAgent(String other) {
        return new FeedSettings(other, server, bayeux, topic, maxPending, backoff, parkedRetry, credentialCheck,
                contactCenterChannels, place, logContext);
    }
}
