package org.imsession.camel.gws;

import java.util.Optional;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpFields;

/**
 * The header that a GWS with CSRF protection wants in every request that changes something. It comes with the answer
 * of any GET, as {@code X-CSRF-HEADER: <name>} and {@code <name>: <value>} (Genesys, CSRF Protection).
 *
 * @param header the name of the header
 * @param value  the token, a secret
 */
record CsrfToken(String header, String value) {

    private static final String HEADER_NAMED_IN = "X-CSRF-HEADER";
    // the server chooses the name: it must not be able to make us send another Host, Cookie or Authorization
    private static final String ACCEPTABLE_NAME = "(?i)[a-z0-9-]*(csrf|xsrf)[a-z0-9-]*";
    private static final String ACCEPTABLE_VALUE = "[!-~]{1,1024}";

    /** The token in the headers of an answer, if there is one that can be sent back. */
    static Optional<CsrfToken> in(HttpFields headers) {
        String name = headers.get(HEADER_NAMED_IN);
        if (name == null || name.length() > 100 || !name.matches(ACCEPTABLE_NAME)) {
            return Optional.empty();
        }
        String value = headers.get(name);
        return value != null && value.matches(ACCEPTABLE_VALUE)
                ? Optional.of(new CsrfToken(name, value)) : Optional.empty();
    }

    void send(Request request) {
        request.headers(headers -> headers.put(header, value));
    }

    @Override
    public String toString() {
        return header;
    }
}
