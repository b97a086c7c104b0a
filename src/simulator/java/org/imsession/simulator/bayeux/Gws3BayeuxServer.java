package org.imsession.simulator.bayeux;

import java.util.Map;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.server.BayeuxServerImpl;

/** A Bayeux server that words its errors as CometD 3 does (cometd 3.1.x, {@code BayeuxServerImpl}). */
final class Gws3BayeuxServer extends BayeuxServerImpl {

    private static final Map<String, String> OLD_TEXTS = Map.of(
            "402::session_unknown", "402::Unknown client",
            "403::handshake_denied", "403::Handshake denied",
            "403::handshake_failed", "403::Handshake failed");

    @Override
    protected void error(ServerMessage.Mutable reply, String error) {
        super.error(reply, OLD_TEXTS.getOrDefault(error, error));
    }
}
