package org.imsession.camel.brokenserver;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** What the server does once it has heard a request. */
@FunctionalInterface
public interface Lie {

    /**
     * Answers, or does not.
     *
     * @param request what came
     * @param wire    where to write; the connection stays open for the next request unless it is closed there
     */
    void tell(Heard request, Wire wire) throws IOException, InterruptedException;

    /** One after the other over all connections, the last one for ever. */
    static Lie inOrder(Lie... lies) {
        AtomicInteger next = new AtomicInteger();
        return (request, wire) -> lies[Math.min(next.getAndIncrement(), lies.length - 1)].tell(request, wire);
    }

    /** This one for requests whose path ends so, else the other. */
    static Lie at(String pathEnd, Lie lie, Lie other) {
        return (request, wire) -> (request.path().endsWith(pathEnd) ? lie : other).tell(request, wire);
    }

    /** Says nothing and keeps the connection. */
    static Lie silence() {
        return (request, wire) -> wire.untilClosed();
    }

    /** Closes the connection instead of an answer. */
    static Lie hangUp() {
        return (request, wire) -> wire.close();
    }

    /** These bytes as they are. */
    static Lie raw(String bytes) {
        return (request, wire) -> wire.write(bytes);
    }
}
