package org.imsession.camel.live;

import org.apache.camel.Message;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.IMSessionNotification;

/**
 * One event as a route has been given it.
 *
 * @param server    the address of the server
 * @param agent     the login name of the agent
 * @param sequence  the position in the feed, the same when it comes again
 * @param direction whose text it is, {@code unknown} for anything but a text
 * @param at        when it was received, in milliseconds since 1970
 * @param body      the event
 */
record Heard(String server, String agent, String sequence, String direction, long at, IMSessionNotification body) {

    /** What a message of a route holds, which is one of an {@code imsession:} consumer. */
    static Heard of(Message message) {
        return new Heard(header(message, IMSessionConstants.SERVER_URL), header(message, IMSessionConstants.AGENT),
                header(message, IMSessionConstants.SEQUENCE), message.getHeader(IMSessionConstants.DIRECTION, "unknown",
                String.class), message.getHeader(IMSessionConstants.MESSAGE_TIMESTAMP, System.currentTimeMillis(),
                Long.class), message.getBody(IMSessionNotification.class));
    }

    private static String header(Message message, String name) {
        return message.getHeader(name, "", String.class);
    }
}
