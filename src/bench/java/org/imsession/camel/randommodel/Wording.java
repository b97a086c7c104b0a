package org.imsession.camel.randommodel;

import java.util.List;
import java.util.stream.Collectors;

/** How the server puts it. */
final class Wording {

    static final String USER = "{\"statusCode\":0,\"user\":{\"id\":\"u1\",\"userName\":\"alice\"}}";
    private static final String TOPIC = "/v2/me/im-sessions";

    private Wording() {
    }

    static String handshaken(String id, ServerSession session, int holdMillis, int maxIntervalMillis) {
        return "{\"channel\":\"/meta/handshake\",\"id\":\"" + id + "\",\"successful\":true,\"version\":\"1.0\","
                + "\"clientId\":\"" + session.id() + "\",\"supportedConnectionTypes\":[\"long-polling\"],"
                + (session.isAcknowledging() ? "\"ext\":{\"ack\":true}," : "")
                + "\"advice\":{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":" + holdMillis
                + ",\"maxInterval\":" + maxIntervalMillis + "}}";
    }

    static String done(String channel, String id) {
        return "{\"channel\":\"" + channel + "\",\"id\":\"" + id + "\",\"successful\":true,\"subscription\":\"" + TOPIC
                + "\"}";
    }

    static String unknown(String channel, String id) {
        return "{\"channel\":\"" + channel + "\",\"id\":\"" + id + "\",\"successful\":false,"
                + "\"error\":\"402::Unknown client\",\"advice\":{\"reconnect\":\"handshake\",\"interval\":0}}";
    }

    static String refused(String channel, String id) {
        return "{\"channel\":\"" + channel + "\",\"id\":\"" + id + "\",\"successful\":false,\"error\":\"403::denied\"}";
    }

    /** The answer to a connect: the events first, then the reply with the batch, if it is not negative. */
    static String connected(String id, long batch, List<Integer> numbers) {
        return numbers.stream().map(Wording::event).collect(Collectors.joining())
                + "{\"channel\":\"/meta/connect\",\"id\":\"" + id + "\",\"successful\":true"
                + (batch < 0 ? "" : ",\"ext\":{\"ack\":" + batch + "}") + "}";
    }

    private static String event(int number) {
        return "{\"channel\":\"" + TOPIC + "\",\"data\":{\"messageType\":\"IMLogUpdateMessage\","
                + "\"notificationType\":\"NewMessage\",\"imSessionPath\":\"/im-sessions/1\",\"message\":\"" + number
                + "\"}},";
    }

    /** The list of sessions, in which there is one of that number. */
    static String list(int chat) {
        return "{\"statusCode\":0,\"imSessions\":[{\"id\":\"chat-" + chat + "\",\"state\":\"Talking\",\"path\":"
                + "\"/im-sessions/chat-" + chat + "\",\"uri\":\"http://127.0.0.1/im-sessions/chat-" + chat
                + "\",\"participants\":[],\"capabilities\":[],\"userData\":{}}]}";
    }
}
