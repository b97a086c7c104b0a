package org.imsession.camel.gws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.imsession.camel.gws.GwsException.Kind;

/**
 * The head of a request, measured before it leaves: what is too large for the HTTP client would fail within it, in words
 * that look like a fault of the network.
 */
final class RequestHead {

    private static final int MOST_NAMED = 5;
    private static final int LARGE = 512;
    private static final int SEPARATORS = 4; // ": " and the end of the line
    private static final int PORT = 9; // with the "://" before the host

    private record Part(String name, int bytes) {
    }

    private RequestHead() {
    }

    /**
     * @param most  how many bytes it may have
     * @param words by which the names of cookies are quoted; values are not named
     * @throws GwsException if the request cannot leave
     */
    static void check(Request request, int most, ServerWords words) {
        int size = request.getMethod().length() + address(request) + SEPARATORS;
        for (HttpField field : request.getHeaders()) {
            size += length(field);
        }
        if (size > most) {
            List<String> large = parts(request, words).stream().filter(each -> each.bytes() >= LARGE)
                    .sorted(Comparator.comparingInt(Part::bytes).reversed()).limit(MOST_NAMED)
                    .map(each -> each.name() + " (" + each.bytes() + " bytes)").toList();
            throw new GwsException(Kind.REQUEST_TOO_LARGE, "A request is not sent, because its head has " + size
                    + " bytes, more than " + most + (large.isEmpty() ? "" : ". Large in it: "
                    + String.join(", ", large))
                    + ". Look who sets these, the server, a gateway or whoever issues the token; a server that takes"
                    + " more wants maxRequestHeadSize raised").unsent();
        }
    }

    /** Of its parts: the client would put them together and parse them anew for each request. */
    private static int address(Request request) {
        return request.getScheme().length() + request.getHost().length() + PORT + request.getPath().length()
                + (request.getQuery() == null ? 0 : 1 + request.getQuery().length());
    }

    /** Of one that is too large only: to quote a name is dear, and a head leaves with each event. */
    private static List<Part> parts(Request request, ServerWords words) {
        List<Part> parts = new ArrayList<>();
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() == HttpHeader.COOKIE) {
                cookies(field.getValue(), words, parts);
            } else {
                parts.add(new Part("the header " + field.getName(), length(field)));
            }
        }
        return parts;
    }

    private static void cookies(String value, ServerWords words, List<Part> parts) {
        for (String pair : String.valueOf(value).split("; ")) {
            parts.add(new Part("the cookie " + words.quote(pair.substring(0, Math.max(0, pair.indexOf('=')))),
                    pair.length()));
        }
    }

    private static int length(HttpField field) {
        return field.getName().length() + (field.getValue() == null ? 0 : field.getValue().length()) + SEPARATORS;
    }
}
