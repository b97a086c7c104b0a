package org.imsession.camel.brokenserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * GWS with one agent and no IM sessions, whose Bayeux server says what a test wants it to, message by message. It has
 * no state of its own, so it can say what no real server does.
 */
public final class BayeuxLie implements Lie {

    /** Says nothing, and keeps the connection. */
    public static final List<String> NOTHING = List.of("nothing");

    private static final String ADVICE = ",\"advice\":{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":30000}";
    private static final String TOPIC = "/v2/me/im-sessions";

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private volatile Talk talk;

    /** What the Bayeux server says. */
    @FunctionalInterface
    public interface Talk {

        /**
         * @param channel of the message
         * @param message what came, the first one of a post
         * @return the JSON texts of the messages of the answer, or {@link #NOTHING}
         */
        List<String> to(String channel, JsonNode message);
    }

    public BayeuxLie(Talk talk) {
        this.talk = talk;
    }

    /** Says something else from now on. */
    public void say(Talk other) {
        talk = other;
    }

    /** The Bayeux messages of that channel, in the order in which they came; the first one of each post. */
    public List<JsonNode> messages(String channel) {
        return posts(channel).stream().map(request -> request.json().get(0)).toList();
    }

    /** The requests that brought a message of that channel. */
    public List<Heard> posts(String channel) {
        return heard.stream().filter(request -> request.json().path(0).path("channel").asText().equals(channel))
                .toList();
    }

    @Override
    public void tell(Heard request, Wire wire) throws IOException, InterruptedException {
        if (!request.path().contains("/notifications")) {
            String content = request.path().endsWith("im-sessions") ? "\"imSessions\":[]"
                    : "\"user\":{\"id\":\"1\",\"userName\":\"alice\"}";
            Answer.json(200, "{\"statusCode\":0," + content + "}").tell(request, wire);
            return;
        }
        heard.add(request);
        JsonNode message = request.json().get(0);
        List<String> answer = talk.to(message.path("channel").asText(), message);
        if (answer == NOTHING) {
            wire.untilClosed();
        } else {
            Answer.json(200, answer.stream().collect(Collectors.joining(",", "[", "]"))).tell(request, wire);
        }
    }

    /** The reply to a message; {@code members} begin with a comma, or are empty. */
    public static String reply(JsonNode to, String members) {
        return "{\"channel\":" + to.get("channel") + ",\"id\":" + to.get("id") + ",\"successful\":true" + members + "}";
    }

    /** The reply to a handshake of a server that acknowledges. */
    public static String shaken(JsonNode to, String clientId) {
        return reply(to, ",\"clientId\":\"" + clientId + "\",\"supportedConnectionTypes\":[\"long-polling\"],"
                + "\"ext\":{\"ack\":true}" + ADVICE);
    }

    /** The reply to a connect with {@code ext.ack}, which is any JSON text; the next may be held for half a minute. */
    public static String numbered(JsonNode to, Object ack) {
        return reply(to, ",\"ext\":{\"ack\":" + ack + "}" + ADVICE);
    }

    /** That the session of a message is not known. */
    public static String unknown(JsonNode to) {
        return "{\"channel\":" + to.get("channel") + ",\"id\":" + to.get("id") + ",\"successful\":false,"
                + "\"error\":\"402::Unknown client\",\"advice\":{\"reconnect\":\"handshake\",\"interval\":0}}";
    }

    /** Events with these texts, in front of a reply. */
    public static List<String> with(String reply, String... texts) {
        return Stream.concat(Stream.of(texts).map(text -> "{\"channel\":\"" + TOPIC + "\",\"data\":{\"messageType\":"
                + "\"IMLogUpdateMessage\",\"notificationType\":\"NewMessage\",\"imSessionPath\":\"/im-sessions/1\","
                + "\"message\":\"" + text + "\"}}"), Stream.of(reply)).toList();
    }
}
