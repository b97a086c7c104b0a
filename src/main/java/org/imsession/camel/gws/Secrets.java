package org.imsession.camel.gws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.eclipse.jetty.http.HttpCookie;

/** What must not appear in a text that a server has sent and an operator will read: a server may echo a request. */
final class Secrets {

    private static final int LONGEST_TEXT = 200;
    // the session id of no server is shorter; a cookie such as "route=1" is no secret and would garble the text
    private static final int SHORTEST_COOKIE = 8;
    // a single letter says nothing, and stands in every text
    private static final int SHORTEST_WORD = 2;

    private final List<String> secrets = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    Secrets add(Credential credential) {
        secrets.add(credential.authorization());
        secrets.add(credential.authorization().substring(credential.authorization().indexOf(' ') + 1));
        if (credential instanceof Credential.Password password && !password.password().isEmpty()) {
            secrets.add(password.password());
        }
        return this;
    }

    Secrets add(CsrfToken token) {
        secrets.add(token.value());
        return this;
    }

    Secrets add(AgentCookies cookies) {
        for (HttpCookie cookie : cookies.all()) {
            if (cookie.getValue() != null && cookie.getValue().length() >= SHORTEST_COOKIE) {
                secrets.add(cookie.getValue());
            }
        }
        return this;
    }

    /** What people say to each other or attach: texts and numbers anywhere in the value. */
    Secrets addWordsOf(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::addWordsOf);
        } else if (value instanceof Collection<?> list) {
            list.forEach(this::addWordsOf);
        } else if (value != null && String.valueOf(value).length() >= SHORTEST_WORD) {
            words.add(String.valueOf(value));
        }
        return this;
    }

    /**
     * The text on one line, cut to a readable length, with every secret in it replaced; nothing of a text that repeats
     * words, since a short word cannot be taken out without a trace of where it stood.
     */
    String hideIn(String text) {
        if (words.stream().anyMatch(text::contains)) {
            return "";
        }
        String safe = text;
        for (String secret : secrets) {
            safe = safe.replace(secret, "***");
        }
        safe = safe.replaceAll("\\p{Cntrl}|\\p{Cf}|[\\u2028\\u2029]", " ").strip();
        return safe.length() > LONGEST_TEXT ? safe.substring(0, LONGEST_TEXT) + "..." : safe;
    }
}
