package org.imsession.camel.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server and clients that each follow an agent of their own name, each in a process of its own. */
final class Duel implements AutoCloseable {

    private static final List<String> JVM = List.of("-Xmx1g");

    private final Map<String, ChildProcess> clients = new LinkedHashMap<>();
    private final ChildProcess server;

    Duel(String... kinds) throws IOException {
        server = new ChildProcess("server", JVM, ServerProcess.class, kinds);
        try {
            for (String kind : kinds) {
                String url = server.ask(kind.equals("salesforce") ? "login" : "url");
                clients.put(kind, new ChildProcess(kind, JVM, ClientProcess.class, kind, url, kind));
            }
            for (String kind : kinds) {
                arrived(kind); // answered when it follows
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    List<String> kinds() {
        return new ArrayList<>(clients.keySet());
    }

    ChildProcess server() {
        return server;
    }

    ChildProcess client(String kind) {
        return clients.get(kind);
    }

    /** Makes sure that a client got each event sent to it once. */
    void account(String kind, long sent) throws Exception {
        long arrived = arrived(kind);
        for (int i = 0; i < 100 && arrived < sent; i++) {
            Thread.sleep(20);
            arrived = arrived(kind);
        }
        if (arrived != sent) {
            throw new IllegalStateException(kind + " got " + arrived + " events of " + sent);
        }
    }

    private long arrived(String kind) throws IOException {
        return Long.parseLong(client(kind).ask("count"));
    }

    @Override
    public void close() {
        clients.values().forEach(ChildProcess::close);
        server.close();
    }
}
