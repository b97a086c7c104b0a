package org.imsession.simulator.http;

import java.io.IOException;
import java.net.Socket;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A connector that leaves no connection open when it stops. Jetty's own loses sight of one that is accepted while its
 * selectors stop, and one in seven clients that came back at that moment waited for an answer that never came.
 */
final class ThoroughConnector extends ServerConnector {

    private final Set<Socket> accepted = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private volatile boolean stopped;

    ThoroughConnector(Server server, HttpConnectionFactory http) {
        super(server, 1, 1, http);
    }

    @Override
    protected void configure(Socket socket) {
        super.configure(socket);
        accepted.add(socket);
        if (stopped) {
            close(socket);
        }
    }

    /** Closes what is still open; to be called when the server has stopped. */
    void closeAll() {
        stopped = true;
        List<Socket> left;
        synchronized (accepted) {
            left = List.copyOf(accepted);
        }
        left.forEach(ThoroughConnector::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // the other side has been faster
        }
    }
}
