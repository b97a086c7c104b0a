package org.imsession.camel.spi;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where the credentials of agents come from: configuration, a vault, an identity provider. Implement it to look them
 * up; it is asked before each login, so rotated passwords and renewed tokens are picked up by themselves.
 *
 * <p>Called on a thread of its own, one call at a time for each agent: it may block, and may answer later, from any
 * thread. An answer that takes longer than the request timeout of the agent is given up, and the thread interrupted; an
 * implementation that ignores that is not called again for this agent until it returns. All agents together have a
 * bounded number of these threads. What takes long here delays none but agents who must be asked for, too: the call is
 * made shortly before the turn of the login, and holds no place among the logins under way. A failure counts as "no
 * credential now", and is tried again after a back-off; its message is not repeated anywhere, for it may hold a secret,
 * unless it is an {@link UnavailableException}, which is made to be read.
 */
@FunctionalInterface
public interface AgentCredentials {

    /**
     * The credential of an agent, as it is now.
     *
     * @param agent the login name of the agent, not {@code null}
     * @return completes with the credential, never with {@code null}
     */
    CompletionStage<Credential> credential(String agent);

    /**
     * The credential of an agent, if it can be told without a look anywhere else: for credentials that are in memory.
     * What is told here is used at once, on whatever thread, in the moment of the login, and {@link #credential} is not
     * called. Must neither block nor fail.
     *
     * @param agent the login name of the agent, not {@code null}
     * @return empty, as by default, if {@link #credential} is to be asked
     */
    default Optional<Credential> atHand(String agent) {
        return Optional.empty();
    }

    /**
     * One user name and password that do not change; equal to others with the same.
     *
     * @param username the login name to send, not {@code null}
     * @param password its password, not {@code null}
     */
    static AgentCredentials ofPassword(String username, String password) {
        return new FixedCredential(new Credential.Password(username, password));
    }
}
