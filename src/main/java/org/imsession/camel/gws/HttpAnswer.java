package org.imsession.camel.gws;

import java.net.URI;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpFields;

/**
 * A whole answer, of any status. Its text form has no content, which may be a page or hold secrets.
 *
 * @param body as it came, but without what stands in front of the first character: blanks, and byte order marks, which
 *             servers on Windows send (RFC 8259, 8.1: a parser may ignore one)
 */
record HttpAnswer(URI uri, int status, HttpFields headers, byte[] body) {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    HttpAnswer {
        int start = start(body);
        body = start == 0 ? body : Arrays.copyOfRange(body, start, body.length);
    }

    private static int start(byte[] body) {
        int at = 0;
        while (at < body.length) {
            int mark = Math.min(body.length, at + BYTE_ORDER_MARK.length);
            if (" \t\r\n".indexOf(body[at]) >= 0) {
                at++;
            } else if (Arrays.equals(body, at, mark, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
                at = mark;
            } else {
                return at;
            }
        }
        return at;
    }

    boolean looksLikeJson() {
        return begins('{');
    }

    boolean looksLikeMarkup() {
        return begins('<');
    }

    boolean isEmpty() {
        return body.length == 0;
    }

    private boolean begins(char first) {
        return body.length > 0 && body[0] == first;
    }

    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }
}
