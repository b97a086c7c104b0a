package org.imsession.camel.bayeux;

import java.time.Duration;

/**
 * How to talk Bayeux to a server.
 *
 * @param url             address of the Bayeux servlet
 * @param acknowledge     whether to ask the server to keep events until they are acknowledged
 * @param maxMessageSize  the largest event, and the largest sum of events of one answer, in bytes
 * @param maxNetworkDelay how long nothing may come until an answer begins, beyond the time for which the server holds
 *                        a connect, and between two pieces of it
 * @param keepAlive       how long a {@code /meta/connect} is held back at most while events are at work; must be
 *                        shorter than the server's {@code maxInterval} (10 s by default)
 * @param answerTimeout   how long an answer may take from its beginning to its end
 */
public record BayeuxSettings(String url, boolean acknowledge, int maxMessageSize, Duration maxNetworkDelay,
                             Duration keepAlive, Duration answerTimeout) {
}
