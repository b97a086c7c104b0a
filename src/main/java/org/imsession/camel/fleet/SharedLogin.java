package org.imsession.camel.fleet;

import java.util.Set;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.operation.AgentOperations;
import org.imsession.camel.spi.AgentCredentials;

/**
 * A login of an agent, which its feed and whoever sends operations have in common: the same cookies, the same CSRF
 * token, one order of operations. Nothing is sent before somebody needs it. Safe for use by several threads.
 */
public final class SharedLogin {

    private final AgentSettings connection;
    private final GwsSession gws;
    private final AgentOperations operations;
    private final CurrentCredentials credentials;
    private final Runnable changed;
    private int users;
    private TeamMember decides; // whose directory gives the credentials, if one does

    /**
     * @param connection  of the first who wants it, but for the credentials
     * @param credentials those that the session asks for
     * @param changed     is called when others may use the agent who could not before; returns at once
     */
    SharedLogin(AgentSettings connection, CurrentCredentials credentials, GwsSession gws, AgentOperations operations,
                Runnable changed) {
        this.connection = connection.forAgent(connection.feed().agent(), credentials);
        this.credentials = credentials;
        this.gws = gws;
        this.operations = operations;
        this.changed = changed;
    }

    AgentSettings connection() {
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
    public void leave() {
        release();
        changed();
    }

    /** As {@link #leave()}, by who says itself when others may come. */
    synchronized void release() {
        users--;
    }

    /** Others may use the agent who could not before. */
    void changed() {
        changed.run();
    }

    /** Other credentials for a login that nobody uses, so that it need not be made anew. */
    synchronized void offer(AgentCredentials others) {
        if (users == 0) {
            credentials.become(others);
        }
    }

    /**
     * Takes the credentials of a directory. If there are several directories the first decides, else each would undo
     * what another does.
     *
     * @param member who uses this login, and whose directory it is
     * @return whether they are others than before
     * @throws IllegalArgumentException if they are, and somebody else uses the login
     */
    synchronized boolean become(TeamMember member, AgentCredentials given) {
        boolean others = !CurrentCredentials.same(credentials, given);
        if (others && decides != member && (decides != null || users > 1)) {
            throw connection.inUse(Set.of("credentials (username, password, passwordFile)"));
        }
        claim(member);
        if (decides == member) {
            credentials.become(given);
        }
        if (others) {
            changed();
        }
        return others;
    }

    /** The directory of that member decides on the credentials if no other does. */
    synchronized void claim(TeamMember member) {
        if (decides == null) {
            decides = member;
        }
    }

    /** Lets another directory decide. */
    synchronized void forget(TeamMember member) {
        if (decides == member) {
            decides = null;
        }
    }
}
