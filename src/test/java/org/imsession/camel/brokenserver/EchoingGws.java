package org.imsession.camel.brokenserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A GWS that repeats every secret it has been sent or has given, in each form and in each place where a server can put
 * text, one place in each answer; beside them all that can forge a line of a log. In between it answers well.
 */
public final class EchoingGws implements Lie {

    /** What can forge a line, or turn it. */
    public static final String FORGED = "\u0085\u009b2J\u2028\u2029\u202e\u2066\u200b\r\nIMS-999 forged \ud800";

    private static final Pattern CLIENT_ID = Pattern.compile("c1\\d+wzq8v7k2m4p0tyr");
    private static final String REFUSAL = "refusal";
    private static final int LATEST = 15;
    private static final String UNKNOWN = "\"successful\":false,\"error\":\"402::Unknown client\"";

    private final Map<String, Deque<Place>> places = new LinkedHashMap<>();
    private final Map<String, Set<String>> secrets = new ConcurrentHashMap<>();
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /** A place where the server can put text: an answer with the text in it, which the name begins. */
    private record Place(String name, BiFunction<String, Heard, Lie> answer) {
    }

    public EchoingGws() {
        rest("login", 500, 400, 200);
        rest(REFUSAL, 403);
        rest("snapshot", 500, 400, 200);
        rest("operation", 500, 409, 400, 200);
        pages("login");
        page(REFUSAL, 401);
        pages("snapshot");
        pages("operation");
        at("operation", "partial", text -> json(200, "{\"statusCode\":7,\"succeeded\":[{\"channel\":" + text
                + "}],\"failed\":[{\"channel\":" + text + ",\"statusMessage\":" + text + "}]}"));
        at("devices", "devices", text -> json(200, "{\"statusCode\":0,\"devices\":[{\"id\":\"1\",\"path\":" + text
                + ",\"phoneNumber\":" + text + "},{\"id\":\"2\",\"path\":" + text + "}]}"));
        at("snapshot", "session", text -> json(200, "{\"statusCode\":0,\"imSessions\":[{\"id\":" + text
                + ",\"state\":" + text + ",\"path\":" + text + "}]}"));
        at("snapshot", "broken", text -> json(200, "{\"statusCode\":0,\"imSessions\":[{" + text + ":" + text + ", "));
        bayeux("handshake", "\"supportedConnectionTypes\":[%s],\"clientId\":%s,\"version\":%s,\"successful\":true");
        bayeux("handshake", "\"successful\":true,\"clientId\":%s,\"error\":%s");
        for (String step : List.of("handshake", "subscribe", "connect")) {
            bayeux(step, "\"successful\":false,\"error\":%s");
            bayeux(step, "\"successful\":false,\"error\":%s,\"advice\":{\"reconnect\":\"none\"}");
            bayeux(step, "\"successful\":false,\"error\":%s,\"advice\":{\"reconnect\":%s,\"interval\":%s,%s:%s}");
            bayeux(step, "\"successful\":%s,\"error\":{%s:%s},\"ext\":{\"ack\":%s},\"clientId\":%s,\"id\":%s");
            at(step, "402", text -> (request, wire) -> bayeux(request, "\"successful\":false,\"error\":"
                    + quoted("402:" + String.join(",", of(request)) + ":Unknown client"))
                    .tell(request, wire));
            pages(step);
        }
        for (String message : List.of("{\"channel\":%s,\"id\":%s,\"data\":{%s:%s}}",
                "{\"channel\":\"/v2/me/im-sessions\",\"data\":{\"messageType\":%s,\"reason\":%s}}",
                "{\"channel\":\"/v2/me/im-sessions\",\"data\":{%s:[%s,{%s:1}],\"messageType\":[%s]}}",
                "{\"channel\":\"/v2/me/im-sessions\",\"data\":{\"messageType\":\"IMSessionStateChangeMessage\","
                        + "\"notificationType\":%s,\"imSession\":{\"id\":%s,\"state\":%s,\"path\":%s,\"uri\":%s}}}",
                "{\"channel\":\"/v2/me/im-sessions\",\"data\":{\"messageType\":\"IMSessionStateChangeMessage\","
                        + "\"notificationType\":\"StatusChange\",\"imSession\":{\"id\":\"a%1$s\".x}}}",
                "{\"channel\":\"/meta/x\",\"id\":%s,\"successful\":false,\"error\":%s,\"clientId\":%s}",
                "{\"channel\":%s,\"successful\":false,\"error\":%s}", "{%s:%s}", "[%s]", "%s")) {
            at("connect", "event", text -> (request, wire) -> json(200, "[" + fill(message, text) + ","
                    + reply(request, "\"successful\":true", 0) + "]").tell(request, wire));
        }
    }

    private void rest(String step, int... statuses) {
        for (int status : statuses) {
            at(step, "statusMessage " + status, text -> json(status, "{\"statusCode\":10,\"statusMessage\":" + text
                    + "," + text + ":" + text + "}"));
        }
    }

    /** What somebody in front of the server may say. */
    private void pages(String step) {
        for (int status : new int[] {500, 503, 404, 407, 302, 200}) {
            page(step, status);
        }
        if (!step.equals("login")) {
            page(step, 401);
        }
        for (String head : List.of("Content-Length: %s", "Transfer-Encoding: %s", "no colon %s", "Content-Encoding: %s",
                "%s: x", "Location: http://%s/")) {
            at(step, head, text -> Lie.raw("HTTP/1.1 302 Found\r\n" + String.format(head, line(text))
                    + "\r\nContent-Length: 2\r\n\r\n{}"));
        }
        at(step, "redirect", text -> (request, wire) -> Answer.redirect(302, "https://" + of(request).stream()
                .filter(each -> each.matches("[A-Za-z0-9.-]+")).collect(Collectors.joining(".")) + ":8443/x")
                .tell(request, wire));
        at(step, "status line", text -> (request, wire) -> {
            wire.write("HTTP/" + line(text) + "\r\n\r\n");
            wire.close();
        });
        at(step, "chunk", text -> (request, wire) -> {
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + line(text) + "\r\n");
            wire.close();
        });
    }

    private void page(String step, int status) {
        at(step, "page " + status, text -> Lie.raw("HTTP/1.1 " + status + " " + line(text)
                + "\r\nContent-Type: text/" + line(text) + "\r\nServer: " + line(text) + "\r\nRetry-After: "
                + line(text) + "\r\nWWW-Authenticate: Basic realm=\"" + line(text) + "\"\r\nLocation: "
                + line(text) + "\r\nX-CSRF-HEADER: X-CSRF-" + line(text) + "\r\nSet-Cookie: a"
                + "=b; Domain=" + line(text) + "; Expires=" + line(text) + "; Path=/" + line(text)
                + "\r\nContent-Length: " + page(text).length + "\r\n\r\n"
                + new String(page(text), StandardCharsets.ISO_8859_1)));
    }

    private static byte[] page(String text) {
        return ("<html><title>" + unquoted(text) + "</title></html>").getBytes(StandardCharsets.UTF_8);
    }

    private void bayeux(String step, String members) {
        at(step, members, text -> (request, wire) -> bayeux(request, fill(members, text)).tell(request, wire));
    }

    /** @param answer gets the text for JSON, with the quotes; for a head see {@link #line} */
    private void at(String step, String name, Function<String, Lie> answer) {
        places.computeIfAbsent(step, each -> new ArrayDeque<>()).add(new Place(step + " " + name, (text, request) ->
                answer.apply(text)));
    }

    private static String fill(String form, String text) {
        return form.replace("%1$s", text.substring(1, text.length() - 1)).replace("%s", text);
    }

    /** The places where nothing has been told yet. */
    public List<String> untold() {
        synchronized (places) {
            return places.values().stream().flatMap(Deque::stream).map(Place::name).toList();
        }
    }

    /** What was repeated: each secret, and each form of it. */
    public Set<String> repeated() {
        return told;
    }

    @Override
    public void tell(Heard request, Wire wire) throws IOException, InterruptedException {
        learn(request);
        String step = step(request);
        Place place = next(step);
        if (place != null) {
            place.answer().apply(quoted(text(request)), request).tell(request, wire);
        } else {
            well(step, request).tell(request, wire);
        }
    }

    /** Every other answer is a good one, but for those to connects. */
    private Place next(String step) {
        synchronized (places) {
            Deque<Place> left = places.getOrDefault(step, new ArrayDeque<>());
            if (step.equals("login") && untold().size() == places.get(REFUSAL).size()) {
                return places.get(REFUSAL).poll(); // whoever is refused stays away, so this comes last
            }
            int number = requests.merge(step, 1, Integer::sum);
            return number % 2 == 0 ? left.poll() : null;
        }
    }

    private static String step(Heard request) {
        if (request.path().contains("/notifications")) {
            String channel = request.json().at("/0/channel").asText();
            return channel.substring(channel.lastIndexOf('/') + 1);
        }
        return request.method().equals("POST") ? "operation" : request.path().endsWith("/im-sessions") ? "snapshot"
                : request.path().endsWith("/devices") ? "devices" : "login";
    }

    private Lie well(String step, Heard request) {
        return switch (step) {
            case "login" -> {
                String token = "csrf-" + numbers.incrementAndGet() + "-4d1f7a";
                String cookie = numbers.incrementAndGet() + "s3k9fj2l5x8q.node0";
                owners.put(cookie, owner(request));
                yield json(200, "{\"statusCode\":0,\"user\":{\"userName\":" + quoted(text(request)) + ",\"id\":\"1\"}}")
                        .header("Set-Cookie", "JSESSIONID=" + cookie + "; Path=/").header("X-CSRF-HEADER",
                                "X-CSRF-TOKEN").header("X-CSRF-TOKEN", token);
            }
            case "snapshot" -> json(200, "{\"statusCode\":0,\"imSessions\":[]}");
            case "devices" -> json(200, "{\"statusCode\":0,\"devices\":[]}");
            case "operation" -> json(200, "{\"statusCode\":0}");
            case "handshake" -> bayeux(request, "\"successful\":true,\"clientId\":\"" + clientId()
                    + "\",\"supportedConnectionTypes\":[\"long-polling\"],\"ext\":{\"ack\":true}");
            case "subscribe" -> bayeux(request, "\"successful\":true,\"subscription\":\"/v2/me/im-sessions\"");
            case "connect" -> (heard, wire) -> {
                boolean over = places.get("connect").isEmpty();
                boolean renew = over && !untold().isEmpty() && requests.get("connect") % 3 == 0;
                wire.pause(over ? 50 : 0);
                bayeux(heard, renew ? UNKNOWN : "\"successful\":true").tell(heard, wire); // for what else is left
            };
            default -> bayeux(request, "\"successful\":true");
        };
    }

    private String clientId() {
        String id = "c1" + numbers.incrementAndGet() + "wzq8v7k2m4p0tyr";
        return id;
    }

    private static Answer bayeux(Heard request, String members) {
        StringBuilder replies = new StringBuilder("[");
        for (int i = 0; i < request.json().size(); i++) {
            replies.append(i == 0 ? "" : ",").append(reply(request, members, i));
        }
        return json(200, replies + "]");
    }

    private static String reply(Heard request, String members, int number) {
        JsonNode message = request.json().get(number);
        return "{\"channel\":" + message.get("channel") + ",\"id\":" + message.get("id") + "," + members + "}";
    }

    private static Answer json(int status, String json) {
        return Answer.json(status, json);
    }

    private void learn(Heard request) {
        request.header("Authorization").ifPresent(value -> {
            String credential = value.substring(value.indexOf(' ') + 1);
            sent(request, credential);
            if (value.startsWith("Basic")) {
                String pair = new String(Base64.getDecoder().decode(credential), StandardCharsets.UTF_8);
                sent(request, pair.substring(pair.indexOf(':') + 1));
            }
        });
        request.header("X-CSRF-TOKEN").ifPresent(token -> sent(request, token));
        Matcher clientIds = CLIENT_ID.matcher(request.text());
        while (clientIds.find()) {
            sent(request, clientIds.group());
        }
        request.header("Cookie").ifPresent(value -> {
            for (String pair : value.split("; ")) {
                String cookie = pair.substring(pair.indexOf('=') + 1);
                if (cookie.length() > 1) {
                    sent(request, cookie);
                }
            }
        });
    }

    /** What the agent has sent, who may never have read what it was given. */
    private Set<String> of(Heard request) {
        Set<String> all = secrets.computeIfAbsent(owner(request), each -> new LinkedHashSet<>());
        synchronized (all) {
            return new LinkedHashSet<>(all);
        }
    }

    private void sent(Heard request, String secret) {
        of(request);
        Set<String> all = secrets.get(owner(request));
        synchronized (all) {
            all.remove(secret);
            all.add(secret);
            if (all.size() > LATEST) {
                all.remove(all.iterator().next());
            }
        }
    }

    private String owner(Heard request) {
        Optional<String> known = request.header("Cookie").flatMap(cookies -> owners.keySet().stream()
                .filter(each -> cookies.contains("=" + each)).findFirst()).map(owners::get);
        return known.or(() -> request.header("Authorization")).orElse("nobody");
    }

    /** Secrets of the agent, each in every form, and what can forge a line. */
    private String text(Heard request) {
        List<String> latest = new ArrayList<>(of(request));
        Map<String, UnaryOperator<String>> forms = new LinkedHashMap<>();
        forms.put("", UnaryOperator.identity());
        forms.put("url", each -> URLEncoder.encode(each, StandardCharsets.UTF_8));
        forms.put("base64", each -> Base64.getEncoder().encodeToString(each.getBytes(StandardCharsets.UTF_8)));
        forms.put("json", EchoingGws::quoted);
        forms.put("html", each -> each.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"));
        int turn = numbers.get();
        List<String> names = List.copyOf(forms.keySet());
        String form = names.get(turn % names.size());
        Collections.rotate(latest, turn);
        StringBuilder text = new StringBuilder("echo " + FORGED);
        for (String each : latest.stream().limit(12).toList()) {
            String repeated = forms.get(form).apply(each);
            told.add(repeated.replaceAll("^\"|\"$", ""));
            told.add(each);
            text.append(' ').append(repeated);
        }
        numbers.incrementAndGet();
        return text.toString();
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    private static String unquoted(String text) {
        return text.substring(1, text.length() - 1);
    }

    /** What fits into one line of a head. */
    private static String line(String text) {
        return unquoted(text).replaceAll("[\\p{Cntrl}]|\\\\r|\\\\n", "");
    }
}
