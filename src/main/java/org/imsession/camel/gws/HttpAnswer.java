package org.imsession.camel.gws;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.eclipse.jetty.http.HttpFields;

/** A whole answer as it came, of any status. Its text form has no content, which may be a page or hold secrets. */
record HttpAnswer(URI uri, int status, HttpFields headers, byte[] body) {

    boolean looksLikeJson() {
        return firstCharacter() == '{';
    }

    boolean looksLikeMarkup() {
        return firstCharacter() == '<';
    }

    boolean isEmpty() {
        return firstCharacter() == 0;
    }

    /** The first character of the body that is no white space and no byte order mark, 0 if there is none. */
    private char firstCharacter() {
        String start = new String(body, 0, Math.min(body.length, 1000), StandardCharsets.UTF_8);
        String text = start.replace("\uFEFF", "").strip();
        return text.isEmpty() ? 0 : text.charAt(0);
    }

    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }
}
