package org.imsession.camel.cluster;

import org.apache.camel.support.DefaultConsumer;
import org.imsession.camel.fleet.FollowedTeam;

/**
 * A consumer that runs, whoever made it.
 *
 * @param consumer the consumer
 * @param team     whom it follows
 */
public record Follower(DefaultConsumer consumer, FollowedTeam team) {
}
