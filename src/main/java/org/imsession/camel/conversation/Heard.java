package org.imsession.camel.conversation;

import java.time.Instant;
import org.imsession.camel.conversation.IMConversation.Direction;
import org.imsession.camel.model.IMSessionNotification;

/**
 * An event as the database has kept it.
 *
 * @param agent        the login name of the agent who heard it
 * @param sequence     its position in the agent's feed
 * @param at           when it was received
 * @param origin       as {@code CamelIMSessionOrigin} says
 * @param direction    whose text it is, if it is one
 * @param notification what happened
 */
record Heard(String agent, String sequence, Instant at, String origin, Direction direction,
             IMSessionNotification notification) {

    boolean isLive() {
        return !origin.equals("snapshot");
    }
}
