package org.imsession.camel.live;

import org.cometd.bayeux.Message;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;

/**
 * Drops what travels beside the data, both ways: camel-cometd makes headers of what a client puts there
 * (CVE-2026-46454), and puts all headers of an exchange there.
 */
final class NoExtensions implements BayeuxServer.Extension {

    private static boolean drop(ServerMessage.Mutable message) {
        message.remove(Message.EXT_FIELD);
        return true;
    }

    @Override
    public boolean rcv(ServerSession from, ServerMessage.Mutable message) {
        return drop(message);
    }

    @Override
    public boolean rcvMeta(ServerSession from, ServerMessage.Mutable message) {
        return drop(message);
    }

    @Override
    public boolean send(ServerSession from, ServerSession to, ServerMessage.Mutable message) {
        return drop(message);
    }

    @Override
    public boolean sendMeta(ServerSession to, ServerMessage.Mutable message) {
        return drop(message);
    }
}
