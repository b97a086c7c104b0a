package org.imsession.simulator.recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.imsession.simulator.recording.RecordingFile;

/**
 * A reverse proxy on 127.0.0.1 in front of a GWS, or of the simulator, which writes what the server answers into a
 * file:
 * see {@link org.imsession.simulator.recording.Recording}. Methods may be called from any thread.
 */
public final class Recorder implements AutoCloseable {

    private static final long IDLE_MILLIS = 300_000;
    private static final int MOST_OF_A_HEAD = 64 * 1024;

    private final Server server;
    private final ServerConnector connector;
    private final Journal journal;

    private Recorder(Server server, ServerConnector connector, Journal journal) {
        this.server = server;
        this.connector = connector;
        this.journal = journal;
    }

    /** An address as it may be shown, whatever is wrong with it: a password may have any character in it. */
    static String withoutSecrets(String address) {
        return address.replaceFirst("(?s)^.*@", "...@").replaceFirst("(?s)\\?.*", "?...");
    }

    /**
     * Starts a recorder.
     *
     * @param target the server: scheme, host and port
     * @param port   the port to listen on, 0 for a free one
     * @param file   the file to write, which must not be there yet
     * @param plain  whether texts and names are kept as they are
     * @return the recorder, to be closed
     * @throws IllegalArgumentException when the file is there already, or the address is none
     * @throws UncheckedIOException     when the file cannot be written, or the port is taken
     */
    public static Recorder start(URI target, int port, Path file, boolean plain) {
        if (target.getHost() == null || !"http".equals(target.getScheme()) && !"https".equals(target.getScheme())
                || !target.getRawPath().isEmpty() && !target.getRawPath().equals("/")
                || target.getRawUserInfo() != null || target.getRawQuery() != null) {
            throw new IllegalArgumentException(withoutSecrets(target.toString()) + " is no address of a server;"
                    + " give scheme, host and port, such as https://gws.example.com:8443");
        }
        QueuedThreadPool threads = new QueuedThreadPool(100, 4);
        threads.setName("gws-recorder");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = connector(server, port);
        try {
            connector.open(); // before the file is made: without a port there is nothing to write
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port + " of 127.0.0.1: stop what has it, or give "
                    + "another port, 0 for a free one", e);
        }
        try {
            Journal journal = new Journal(RecordingFile.create(file, plain), plain);
            server.setHandler(new RecordingProxy(target, journal, IDLE_MILLIS));
            server.start();
            return new Recorder(server, connector, journal);
        } catch (IOException e) {
            connector.close();
            throw new UncheckedIOException("Cannot write " + file + " (" + e +
                    "); give a file in a folder that is there, "
                    + "and that this user may write", e);
        } catch (RuntimeException e) {
            connector.close();
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerConnector connector(Server server, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MOST_OF_A_HEAD);
        http.setResponseHeaderSize(MOST_OF_A_HEAD);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        return connector;
    }

    /**
     * The URL for clients.
     *
     * @return {@code http://127.0.0.1:port}
     */
    public String url() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    /**
     * How many answers have been written.
     *
     * @return their number
     */
    public long answers() {
        return journal.answers();
    }

    /** Stops; what has not been answered by now is not recorded. */
    @Override
    public void close() {
        journal.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
