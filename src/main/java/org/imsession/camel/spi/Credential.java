package org.imsession.camel.spi;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.imsession.camel.model.LogText;

/**
 * What an agent proves its identity with. Two credentials are equal when the secrets in them are, so that a changed
 * one can be told from one that was refused before. The text form never shows the secret.
 */
public sealed interface Credential {

    /** The value of the {@code Authorization} header. A secret. */
    String authorization();

    /**
     * A login name and its password, sent as HTTP Basic in UTF-8 (RFC 7617).
     *
     * @param username the login name, without colon
     * @param password the password
     */
    record Password(String username, String password) implements Credential {

        public Password {
            Objects.requireNonNull(password, "password");
            if (username.isBlank() || username.indexOf(':') >= 0) {
                throw new IllegalArgumentException("The username '" + LogText.escape(username)
                        + "' is empty or has a colon in it; HTTP Basic cannot carry that, give the login name of the agent");
            }
            if (password.isEmpty()) {
                throw new IllegalArgumentException("The password of '" + LogText.escape(username.strip())
                        + "' is empty; give the password of the agent");
            }
            if (unprintable(username) || unprintable(password)) {
                throw new IllegalArgumentException("The username or password of '" + LogText.escape(username.strip())
                        + "' has a control character in it, perhaps a line end read from a file; remove it");
            }
        }

        @Override
        public String authorization() {
            byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return "password of " + LogText.escape(username);
        }
    }

    /**
     * A token of an identity provider, sent as {@code Bearer} (RFC 6750) with every request.
     *
     * @param token the token
     */
    record BearerToken(String token) implements Credential {

        public BearerToken {
            if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("The bearer token is empty or has a blank, a line end or a "
                        + "character beyond ASCII in it; give the bare token, without the word Bearer");
            }
        }

        @Override
        public String authorization() {
            return "Bearer " + token;
        }

        @Override
        public String toString() {
            return "bearer token";
        }
    }

    private static boolean unprintable(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
