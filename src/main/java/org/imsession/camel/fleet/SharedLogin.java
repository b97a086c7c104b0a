package org.imsession.camel.fleet;

import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.operation.AgentOperations;

/**
 * A login of an agent, which its feed and whoever sends operations have in common: the same cookies, the same CSRF
 * token, one order of operations. Nothing is sent before somebody needs it. Safe for use by several threads.
 */
public final class SharedLogin {

    private final Connection connection;
    private final GwsSession gws;
    private final AgentOperations operations;
    private int users;

    SharedLogin(Connection connection, GwsSession gws, AgentOperations operations) {
        this.connection = connection;
        this.gws = gws;
        this.operations = operations;
    }

    Connection connection() {
        return connection;
    }

    GwsSession gws() {
        return gws;
    }

    /** What the agent does. */
    public AgentOperations operations() {
        return operations;
    }

    synchronized boolean inUse() {
        return users > 0;
    }

    /** Keeps the login as it is until {@link #leave()}. */
    public synchronized void join() {
        users++;
    }

    /** The end of a {@link #join()}. */
    public synchronized void leave() {
        users--;
    }
}
