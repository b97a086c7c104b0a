package org.imsession.simulator.bayeux;

import com.fasterxml.jackson.databind.util.RawValue;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.server.JacksonJSONContextServer;

/**
 * Messages whose {@code data} goes out letter by letter: tests send what no JSON library would write, such as duplicate
 * keys or {@code 1e400}. Jackson copies a {@link RawValue} as it is.
 */
final class VerbatimJson extends JacksonJSONContextServer {

    static void put(ServerMessage.Mutable message, String json) {
        message.setData(new RawValue(json));
    }
}
