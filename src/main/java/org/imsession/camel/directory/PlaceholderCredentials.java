package org.imsession.camel.directory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;
import org.imsession.camel.spi.UnavailableException;

/**
 * A password that is named and not written: {@code {{alice.password}}}, or a reference to a vault. Looked up before
 * each login, so that a changed one is used by the next. Equal to another that names the same, whatever it stands for.
 *
 * @param agent     the login name
 * @param reference the text with placeholders in it
 * @param place     where it stands, for messages
 * @param lookup    the text with what its placeholders stand for; may block, may fail with any unchecked exception
 */
record PlaceholderCredentials(String agent, String reference, String place, UnaryOperator<String> lookup)
        implements AgentCredentials {

    /**
     * Looks it up now.
     *
     * @throws IllegalArgumentException if that fails; the message has nothing of the reason in it, which may quote a
     *                                  part of the secret
     */
    Credential resolve() {
        String secret;
        try {
            secret = lookup.apply(reference);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("its placeholder cannot be resolved (" + e.getClass().getSimpleName()
                    + "); check that the property or secret exists");
        }
        if (secret == null || secret.isEmpty()) {
            throw new IllegalArgumentException("its placeholder stands for nothing; check the property or secret");
        }
        return new Credential.Password(agent, secret);
    }

    /** Looked up by the thread that asks, which may be blocked and is interrupted if that takes too long. */
    @Override
    public CompletionStage<Credential> credential(String who) {
        try {
            return CompletableFuture.completedFuture(resolve());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(
                    new UnavailableException(place + ", agent " + agent + ": " + e.getMessage()));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlaceholderCredentials that && agent.equals(that.agent)
                && reference.equals(that.reference);
    }

    @Override
    public int hashCode() {
        return 31 * agent.hashCode() + reference.hashCode();
    }

    /** Not the reference: only a part of it may be a placeholder. */
    @Override
    public String toString() {
        return "password of " + agent + " in " + place;
    }
}
