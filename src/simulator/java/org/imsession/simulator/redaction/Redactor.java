package org.imsession.simulator.redaction;

import java.util.Map;

/**
 * What is written of what was heard. Not for use by several threads.
 */
public final class Redactor {

    private static final int SHORTEST_SECRET = 4;
    private static final int MOST_SECRETS = 20_000;

    private final Replacements replacements = new Replacements();
    private final KeptWords words = new KeptWords(replacements);
    private final Map<String, Boolean> secrets = new NewestOnes<>(MOST_SECRETS);
    private final boolean plain;

    /**
     * Replaces texts and names.
     *
     * @param plain whether they are kept nevertheless; secrets are not
     */
    public Redactor(boolean plain) {
        this.plain = plain;
    }

    /**
     * The name of an agent.
     *
     * @param name its login name
     * @return the name in the recording
     */
    public String agent(String name) {
        words.neverKeep(name);
        return plain ? name : replacements.of(name);
    }

    /**
     * Never writes any text that has this in it: a password, a cookie, the id of a session.
     *
     * @param secret the secret
     */
    public void neverWrite(String secret) {
        words.neverKeep(secret);
        if (secret.length() >= SHORTEST_SECRET) {
            secrets.put(secret, true);
        }
    }

    /**
     * The path of a request.
     *
     * @param path the path
     * @return the path with nothing in it but words of the API and ids
     */
    public String path(String path) {
        return plain ? withoutSecrets(path) : words.path(path);
    }

    /**
     * A JSON text of the server.
     *
     * @param json a valid JSON text
     * @return the text in one line, without the texts and names of people
     */
    public String json(String json) {
        return JsonRedaction.of(json, plain ? new SecretsOnly() : words);
    }

    private String withoutSecrets(String value) {
        return secrets.keySet().stream().anyMatch(value::contains) ? replacements.of(value) : value;
    }

    private final class SecretsOnly implements JsonRedaction.Rules {

        @Override
        public String name(String name) {
            return withoutSecrets(name);
        }

        @Override
        public String text(Members member, String value) {
            return member == Members.SECRET ? replacements.of(value) : withoutSecrets(value);
        }

        @Override
        public String digits(Members member, String number) {
            return number;
        }
    }
}
