package org.imsession.camel.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server and clients that each follow an agent of their own name, each in a process of its own. */
final class Duel implements AutoCloseable {

    private static final List<String> JVM = List.of("-Xmx1g");

    private static final int SETTLING_MILLIS = 500;

    private final Map<String, ChildProcess> clients = new LinkedHashMap<>();
    private final ChildProcess server;

    /** What a client did in a while: events a second, CPU in µs and KB allocated for an event. */
    record Rate(double perSecond, double cpu, double kb) {

        private static Rate between(double[] before, double[] after) {
            double events = after[1] - before[1];
            return new Rate(events * 1e9 / (after[0] - before[0]), (after[2] - before[2]) / 1000 / events,
                    (after[3] - before[3]) / 1000 / events);
        }
    }

    /** What is done while the server floods a client. */
    interface Meanwhile {
        void run() throws Exception;
    }

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

    /** The order of a turn: each turn begins with another, so that none always has the machine as another left it. */
    List<String> kinds(int turn) {
        List<String> kinds = new ArrayList<>(clients.keySet());
        Collections.rotate(kinds, -turn);
        return kinds;
    }

    ChildProcess server() {
        return server;
    }

    ChildProcess client(String kind) {
        return clients.get(kind);
    }

    /** Answers each connect of a client with so many events, and makes sure that it gets each once. */
    void flood(String kind, String batch, Meanwhile meanwhile) throws Exception {
        server.ask("flood " + kind + " " + batch);
        Thread.sleep(SETTLING_MILLIS);
        meanwhile.run();
        account(kind, Long.parseLong(server.ask("rest " + kind)));
    }

    Rate rate(String kind, long millis) throws Exception {
        double[] before = client(kind).numbers("mark");
        Thread.sleep(millis);
        return Rate.between(before, client(kind).numbers("mark"));
    }

    /** Floods a client until it takes events at a steady rate. */
    void warmUp(String kind, String batch) throws Exception {
        flood(kind, batch, () -> new WarmUp(kind + ", batches of " + batch + ", events/s")
                .run(() -> rate(kind, SETTLING_MILLIS).perSecond()));
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
