package org.imsession.camel.position;

import java.net.URI;

/**
 * Whose position is kept.
 *
 * @param agent   the login name of the agent
 * @param server  the server as log lines name it, host and port
 * @param address where the Bayeux session is, whose cookies are kept with it
 */
public record Owner(String agent, String server, URI address) {
}
