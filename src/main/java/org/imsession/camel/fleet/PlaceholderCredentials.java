package org.imsession.camel.fleet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.imsession.camel.gws.AgentCredentials;
import org.imsession.camel.gws.Credential;
import org.imsession.camel.gws.GwsException;

/**
 * A password that is named and not written: {@code {{alice.password}}}, or a reference to a vault. Looked up before
 * each login, so that a changed one is used by the next. Equal to another that names the same, whatever it stands for.
 *
 * @param agent     the login name
 * @param reference the text with placeholders in it
 * @param place     where it stands, for messages
 * @param resolver  looks it up
 */
record PlaceholderCredentials(String agent, String reference, String place, Resolver resolver)
        implements AgentCredentials {

    /**
     * Looks placeholders up.
     *
     * @param threads where that may block
     */
    record Resolver(Lookup lookup, Executor threads) {
    }

    /** Camel's own, in a Camel context. */
    @FunctionalInterface
    interface Lookup {

        /** The text with what its placeholders stand for; may block, may fail with anything. */
        String resolve(String text);
    }

    /**
     * Looks it up now.
     *
     * @throws IllegalArgumentException if that fails; the message has nothing of the reason in it, which may quote a
     *                                  part of the secret
     */
    Credential resolve() {
        String secret;
        try {
            secret = resolver.lookup().resolve(reference);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("its placeholder cannot be resolved (" + e.getClass().getSimpleName()
                    + "); check that the property or secret exists");
        }
        if (secret == null || secret.isEmpty()) {
            throw new IllegalArgumentException("its placeholder stands for nothing; check the property or secret");
        }
        return new Credential.Password(agent, secret);
    }

    @Override
    public CompletionStage<Credential> credential(String who) {
        return CompletableFuture.supplyAsync(this::resolveOrFail, resolver.threads());
    }

    private Credential resolveOrFail() {
        try {
            return resolve();
        } catch (IllegalArgumentException e) {
            throw GwsException.noCredential(place + ", agent " + agent + ": " + e.getMessage());
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
