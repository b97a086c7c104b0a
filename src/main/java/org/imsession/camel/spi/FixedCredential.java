package org.imsession.camel.spi;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A credential that does not change, of whatever agent; equal to another with the same secret, so that endpoints can
 * share a feed.
 *
 * @param credential the credential
 */
record FixedCredential(Credential credential) implements AgentCredentials {

    @Override
    public CompletionStage<Credential> credential(String agent) {
        return CompletableFuture.completedFuture(credential);
    }

    @Override
    public Optional<Credential> atHand(String agent) {
        return Optional.of(credential);
    }

    // to link those of a record takes some milliseconds of a start

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof FixedCredential that && credential.equals(that.credential);
    }

    @Override
    public int hashCode() {
        return credential.hashCode();
    }
}
