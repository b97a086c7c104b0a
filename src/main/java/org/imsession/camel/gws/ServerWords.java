package org.imsession.camel.gws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.imsession.camel.model.LogText;

/**
 * The words of a server about one agent, made fit to be shown: in a log, in JMX, in an exception, in the body of a gap.
 * Whatever a server, or somebody in front of it, puts into an error, a header or an address passes here, and nowhere
 * else is it quoted. Here alone it is known what must not come out again: a server may repeat what was sent to it, and
 * CometD's own {@code 402:<client id>:Unknown client} does. Safe for use by several threads.
 */
public final class ServerWords {

    /** What {@link #quote} puts in the place of a secret. */
    public static final String HIDDEN = "***";

    private static final int LONGEST = 200;
    /** So many old ones of each kind are remembered: an error may be about the one before. */
    private static final int REMEMBERED = 16;
    // the session id of no server is shorter; a cookie such as "route=1" is one with its name only
    private static final int SHORTEST_COOKIE = 8;
    /** What is shorter cannot be taken out of a text without a trace of what it was. */
    private static final int SHORTEST_TAKEN_OUT = 6;
    // a single letter says nothing, and stands in every text
    private static final int SHORTEST_WORD = 2;

    private enum Kind { CREDENTIAL, COOKIE, CSRF_TOKEN, CLIENT_ID }

    private final Supplier<? extends Collection<HttpCookie>> cookies;
    private final Map<Kind, Deque<String>> secrets = new EnumMap<>(Kind.class);
    private String lastCookies = "";
    private String lastAuthorization = "";

    /**
     * @param cookies those that the agent has now, which the server has sent; asked at each quotation
     */
    ServerWords(Supplier<? extends Collection<HttpCookie>> cookies) {
        this.cookies = cookies;
    }

    /**
     * What a server has said, on one line, cut to a readable length, each secret of the agent in it replaced.
     *
     * @param said any text, {@code null} for none
     */
    public String quote(String said) {
        if (said == null) {
            return "";
        }
        List<String> hidden = hidden();
        List<Echo> echoes = hidden.stream().map(Echo::new).toList();
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < said.length() && shown.length() < LONGEST) {
            int end = at;
            for (int i = 0; i < hidden.size(); i++) {
                int found = echoes.get(i).end(said, at);
                if (found > at && hidden.get(i).length() < SHORTEST_TAKEN_OUT) {
                    return HIDDEN;
                }
                end = Math.max(end, found);
            }
            if (end > at) {
                shown.append(HIDDEN);
                at = end;
            } else {
                shown.appendCodePoint(said.codePointAt(at));
                at += Character.charCount(said.codePointAt(at));
            }
        }
        return LogText.escape(shown.toString()).strip() + (at < said.length() ? "..." : "");
    }

    /**
     * The same, but nothing of a text that repeats what people say to each other or attach, since a short word cannot
     * be taken out without a trace of where it stood.
     *
     * @param words texts and numbers anywhere in maps and lists
     */
    String quote(String said, Object words) {
        return said == null || repeats(said, words) ? "" : quote(said);
    }

    private static boolean repeats(String said, Object words) {
        if (words instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(each -> repeats(said, each));
        }
        if (words instanceof Collection<?> list) {
            return list.stream().anyMatch(each -> repeats(said, each));
        }
        String word = String.valueOf(words);
        return words != null && word.length() >= SHORTEST_WORD && new Echo(word).isIn(said);
    }

    /** A Bayeux session of the agent has that id, which is as good as a key to it. */
    public void clientId(String id) {
        remember(Kind.CLIENT_ID, id);
    }

    /** The password that a proxy gets. */
    void proxyPassword(String password) {
        remember(Kind.CREDENTIAL, password);
    }

    /** The server gave this token. */
    void csrfToken(CsrfToken token) {
        remember(Kind.CSRF_TOKEN, token.value());
    }

    /** What is in the headers of a request is about to leave, and may be repeated. */
    synchronized void sent(Request request) {
        String cookie = request.getHeaders().get(HttpHeader.COOKIE);
        if (cookie != null && !cookie.equals(lastCookies)) {
            lastCookies = cookie;
            for (String pair : cookie.split("; ?")) {
                int equals = pair.indexOf('=');
                remember(Kind.COOKIE, cookie(pair.substring(0, Math.max(0, equals)), pair.substring(equals + 1)));
            }
        }
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (authorization != null && !authorization.equals(lastAuthorization)) {
            lastAuthorization = authorization;
            String value = authorization.substring(authorization.indexOf(' ') + 1);
            remember(Kind.CREDENTIAL, authorization);
            remember(Kind.CREDENTIAL, value);
            if (authorization.startsWith("Basic ")) {
                String pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
                remember(Kind.CREDENTIAL, pair.substring(pair.indexOf(':') + 1));
            }
        }
    }

    private static String cookie(String name, String value) {
        return value.length() >= SHORTEST_COOKIE || value.isEmpty() ? value : name + "=" + value;
    }

    private synchronized void remember(Kind kind, String secret) {
        if (secret == null || secret.isEmpty()) {
            return;
        }
        Deque<String> known = secrets.computeIfAbsent(kind, each -> new ArrayDeque<>(2));
        known.remove(secret);
        known.addLast(secret);
        if (known.size() > REMEMBERED) {
            known.removeFirst();
        }
    }

    private List<String> hidden() {
        List<String> all = new ArrayList<>();
        for (HttpCookie each : cookies.get()) {
            if (each.getValue() != null && !each.getValue().isEmpty()) {
                all.add(cookie(each.getName(), each.getValue()));
            }
        }
        synchronized (this) {
            secrets.values().forEach(all::addAll);
        }
        return all.stream().distinct().toList();
    }
}
