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
 * @param backoff               how long to wait after a failure
 * @param parkedRetry           how long a parked agent rests before it is tried again all the same
 * @param credentialCheck       how often a parked agent's credential is looked at, in case it has changed
 * @param contactCenterChannels the channels to log in to after the subscription, none for not at all
 * @param place                 the place to log in at, empty for the agent's default
 */
public record FeedSettings(String agent, String server, BayeuxSettings bayeux, Backoff backoff, Duration parkedRetry,
                           Duration credentialCheck, List<String> contactCenterChannels, String place) {

    public FeedSettings {
        contactCenterChannels = List.copyOf(contactCenterChannels);
    }

    /** The same for another agent. */
    public FeedSettings forAgent(String other) {
        return new FeedSettings(other, server, bayeux, backoff, parkedRetry, credentialCheck, contactCenterChannels,
                place);
    }
}
