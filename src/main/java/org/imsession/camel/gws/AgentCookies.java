package org.imsession.camel.gws;

import java.net.URI;
import java.util.List;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.SetCookieParser;

/** The cookies of one agent, as a browser would keep them (RFC 6265), in bounds that a hostile server cannot move. */
final class AgentCookies extends HttpCookieStore.Default {

    // what RFC 6265, 6.1 asks of a browser at least; GWS and a load balancer need three or four
    private static final int MOST = 50;
    private static final int LONGEST = 4096;
    private static final SetCookieParser PARSER = SetCookieParser.newInstance();

    @Override
    public boolean add(URI uri, HttpCookie cookie) {
        int length = cookie.getName().length() + String.valueOf(cookie.getValue()).length();
        return length <= LONGEST && (cookie.isExpired() || all().size() < MOST) && super.add(uri, withPlainDomain(cookie));
    }

    /** Without the dot in front, and without a domain that is none (RFC 6265, 5.2.3): Jetty keeps such and never sends it. */
    private static HttpCookie withPlainDomain(HttpCookie cookie) {
        String domain = cookie.getDomain();
        if (domain == null || !domain.isEmpty() && domain.charAt(0) != '.') {
            return cookie;
        }
        return HttpCookie.build(cookie).domain(domain.length() < 2 ? null : domain.substring(1)).build();
    }

    /** Keeps what an answer of that address sets, whatever its status. */
    void learn(URI uri, HttpFields headers) {
        for (HttpField field : headers.getFields(HttpHeader.SET_COOKIE)) {
            HttpCookie cookie = PARSER.parse(field.getValue());
            if (cookie != null) {
                add(uri, cookie);
            }
        }
    }

    /** Puts the cookies for the address of the request into it. */
    void send(Request request) {
        List<HttpCookie> cookies = match(request.getURI());
        if (!cookies.isEmpty()) {
            StringBuilder value = new StringBuilder();
            for (HttpCookie cookie : cookies) {
                value.append(value.isEmpty() ? "" : "; ").append(cookie.getName()).append('=')
                        .append(cookie.getValue());
            }
            request.headers(headers -> headers.put(HttpHeader.COOKIE, value.toString()));
        }
    }

    @Override
    public String toString() {
        return all().size() + " cookies";
    }
}
