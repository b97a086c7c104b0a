package org.imsession.camel.gws;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The cookies of one agent, as a browser would keep them (RFC 6265), in bounds that a hostile server cannot move. When
 * there are too many the oldest gives way, but those of the last login do so last: a gateway that gives a new name with
 * each answer must not push out the session.
 */
final class AgentCookies extends HttpCookieStore.Default {

    // as browsers have it for a domain; RFC 6265, 6.1 asks for 50 at least
    private static final int MOST = 180;
    private static final int LONGEST = 4096;

    // what the store above holds, the oldest first; guarded by this
    private final List<HttpCookie> byAge = new ArrayList<>(2);
    private final List<HttpCookie> ofLogin = new ArrayList<>(2);
    private final AtomicInteger changes = new AtomicInteger();
    private volatile Matched last = new Matched(-1, null, List.of());

    /** What was found for an address after so many changes, and holds until the next one. */
    private record Matched(int changes, URI uri, List<HttpCookie> cookies) {
    }

    /** Asked with each request, nearly always for the same address. */
    @Override
    public List<HttpCookie> match(URI uri) {
        Matched known = last;
        int now = changes.get(); // before they are looked up: what changes meanwhile makes the finding void
        if (known.changes() == now && uri.equals(known.uri())) {
            return known.cookies();
        }
        List<HttpCookie> found = List.copyOf(super.match(uri));
        if (found.stream().allMatch(each -> each.getMaxAge() < 0 && each.getExpires() == null)) {
            last = new Matched(now, uri, found);
        }
        return found;
    }

    @Override
    public boolean remove(URI uri, HttpCookie cookie) {
        boolean removed = super.remove(uri, cookie);
        changes.incrementAndGet();
        return removed;
    }

    @Override
    public boolean clear() {
        boolean cleared = super.clear();
        changes.incrementAndGet();
        return cleared;
    }

    @Override
    public boolean add(URI uri, HttpCookie cookie) {
        return add(uri, cookie, false);
    }

    private synchronized boolean add(URI uri, HttpCookie cookie, boolean byLogin) {
        int length = cookie.getName().length() + String.valueOf(cookie.getValue()).length();
        if (length > LONGEST) {
            return false;
        }
        boolean added = super.add(uri, cookie);
        changes.incrementAndGet();
        List<HttpCookie> now = all();
        boolean first = byLogin;
        for (HttpCookie gone : byAge.stream().filter(each -> !holds(now, each)).toList()) {
            byAge.removeIf(each -> each == gone);
            first |= ofLogin.removeIf(each -> each == gone) && gone.getName().equals(cookie.getName());
        }
        for (HttpCookie fresh : now.stream().filter(each -> !holds(byAge, each)).toList()) {
            byAge.add(fresh);
            if (first) {
                ofLogin.add(fresh);
            }
        }
        if (byAge.size() > MOST) {
            HttpCookie least = byAge.stream().limit(MOST).filter(each -> !holds(ofLogin, each)).findFirst()
                    .orElse(byAge.get(0));
            byAge.removeIf(each -> each == least);
            ofLogin.removeIf(each -> each == least);
            remove(uri, least);
        }
        return added;
    }

    private static boolean holds(List<HttpCookie> cookies, HttpCookie one) {
        return cookies.stream().anyMatch(each -> each == one);
    }

    /** Keeps what an answer of that address sets, whatever its status. */
    void learn(URI uri, HttpFields headers) {
        learn(uri, headers, false);
    }

    /** The same for the answer to a login: what was there before gives way first from now on. */
    synchronized void learnOfLogin(URI uri, HttpFields headers) {
        ofLogin.clear();
        learn(uri, headers, true);
    }

    private void learn(URI uri, HttpFields headers, boolean byLogin) {
        for (HttpField field : headers.getFields(HttpHeader.SET_COOKIE)) {
            SetCookie.read(field.getValue()).ifPresent(cookie -> add(uri, cookie, byLogin));
        }
    }

    /** Puts the cookies for the address of the request into it. */
    void send(Request request, URI uri) {
        List<HttpCookie> cookies = match(uri);
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
