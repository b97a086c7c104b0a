package org.imsession.camel.fleet;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;

/**
 * The credentials of one agent as they have been given last, so that new ones need no new login and no new feed. Safe
 * for use by several threads.
 */
final class CurrentCredentials implements AgentCredentials {

    private volatile AgentCredentials given;

    CurrentCredentials(AgentCredentials given) {
        this.given = given;
    }

    void become(AgentCredentials next) {
        given = next;
    }

    @Override
    public CompletionStage<Credential> credential(String agent) {
        return given.credential(agent);
    }

    @Override
    public Optional<Credential> atHand(String agent) {
        return given.atHand(agent);
    }

    /** Whether an endpoint with the one may share the login of an endpoint with the other. */
    static boolean same(AgentCredentials one, AgentCredentials other) {
        return one.equals(other) || now(one).equals(now(other));
    }

    private static AgentCredentials now(AgentCredentials credentials) {
        return credentials instanceof CurrentCredentials current ? current.given : credentials;
    }

    @Override
    public String toString() {
        return "the credentials that were given last";
    }
}
