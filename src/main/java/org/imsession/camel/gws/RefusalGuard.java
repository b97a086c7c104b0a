package org.imsession.camel.gws;

import java.util.Optional;

/**
 * Keeps a credential that the server has refused from being sent over and over: directories lock an account after a
 * few wrong passwords, and then the agent's own desktop is locked out as well.
 */
final class RefusalGuard {

    /** So often one credential is sent although it was refused, in case the server erred. */
    static final int TRIES = 3;

    private Credential refused;
    private int refusals;

    synchronized boolean maySend(Credential credential) {
        return refusals < TRIES || !credential.equals(refused);
    }

    synchronized void refused(Credential credential) {
        refusals = credential.equals(refused) ? refusals + 1 : 1;
        refused = credential;
    }

    /** After a login that was accepted, or when an operator says that the account is in order again. */
    synchronized void clear() {
        refused = null;
        refusals = 0;
    }

    /** The credential that was refused last. */
    synchronized Optional<Credential> last() {
        return Optional.ofNullable(refused);
    }
}
