package org.imsession.camel.fleet;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.imsession.camel.gws.AgentCredentials;
import org.imsession.camel.gws.Credential;

/**
 * A credential from an endpoint's options; equal to another with the same secret, so that endpoints can share a feed.
 *
 * @param credential the credential
 */
public record FixedCredential(Credential credential) implements AgentCredentials {

    @Override
    public CompletionStage<Credential> credential(String agent) {
        return CompletableFuture.completedFuture(credential);
    }

    @Override
    public Optional<Credential> atHand(String agent) {
        return Optional.of(credential);
    }
}
