package org.imsession.camel.gws;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpCookieStore;

/** Says which cookies an agent has and rightly does not send, when the server asks who it is; never their values. */
public final class WithheldCookies {

    private static final int MOST_NAMED = 5;

    private WithheldCookies() {
    }

    /**
     * Something to be put behind a message, empty if all cookies are sent.
     *
     * @param cookies those of the agent
     * @param uri     where they were not sent
     * @param words   by which their names are quoted
     */
    public static String of(HttpCookieStore cookies, URI uri, ServerWords words) {
        List<HttpCookie> sent = cookies.match(uri);
        List<HttpCookie> withheld = cookies.all().stream()
                .filter(each -> sent.stream().noneMatch(one -> one == each)).toList();
        if (withheld.isEmpty()) {
            return "";
        }
        return ". Not sent: " + withheld.stream().limit(MOST_NAMED).map(each -> reason(each, uri, words))
                .collect(Collectors.joining(", ")) + (withheld.size() > MOST_NAMED ? ", and more" : "");
    }

    private static String reason(HttpCookie cookie, URI uri, ServerWords words) {
        String name = "the cookie " + words.quote(cookie.getName());
        return cookie.isSecure() && "http".equalsIgnoreCase(uri.getScheme())
                ? name + " (Secure, and this is http)"
                : name + " (for the path " + words.quote(cookie.getPath()) + ", and this is "
                        + words.quote(uri.getPath()) + ")";
    }
}
