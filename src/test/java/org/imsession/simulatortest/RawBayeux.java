package org.imsession.simulatortest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** Bayeux by hand: one message per POST, each answer as it came. */
final class RawBayeux {

    static final String PATH = "/api/v2/notifications";

    private final HttpAgent http;
    private String clientId = "";
    private int id;

    RawBayeux(HttpAgent http) {
        this.http = http;
    }

    HttpAgent.Answer handshake(boolean ack) throws Exception {
        HttpAgent.Answer answer = http.post(PATH + "/handshake", "[{\"id\":\"" + ++id
                + "\",\"channel\":\"/meta/handshake\",\"version\":\"1.0\","
                + "\"supportedConnectionTypes\":[\"long-polling\"],\"ext\":{\"ack\":" + ack + "}}]");
        if (answer.status() == 200) {
            clientId = answer.json().path(0).path("clientId").asText("");
        }
        return answer;
    }

    HttpAgent.Answer subscribe(String channel) throws Exception {
        return http.post(PATH + "/subscribe", subscribeBody(channel));
    }

    CompletableFuture<HttpAgent.Answer> subscribeLater(String channel) {
        return http.postLater(PATH + "/subscribe", subscribeBody(channel));
    }

    private String subscribeBody(String channel) {
        return "[" + message("/meta/subscribe", ",\"subscription\":\"" + channel + "\"") + "]";
    }

    /** A connect that is answered at once. */
    HttpAgent.Answer connectAtOnce(long ack) throws Exception {
        return http.post(PATH + "/connect", connectBody(",\"advice\":{\"timeout\":0}", ack));
    }

    /** A connect that is held while there is nothing to tell. */
    HttpAgent.Answer connect(long ack) throws Exception {
        return http.post(PATH + "/connect", connectBody("", ack));
    }

    CompletableFuture<HttpAgent.Answer> connectLater(long ack) {
        return http.postLater(PATH + "/connect", connectBody("", ack));
    }

    HttpAgent.Answer disconnect() throws Exception {
        return http.post(PATH + "/disconnect", "[" + message("/meta/disconnect", "") + "]");
    }

    private String connectBody(String advice, long ack) {
        return "[" + message("/meta/connect", ",\"connectionType\":\"long-polling\",\"ext\":{\"ack\":" + ack + "}"
                + advice) + "]";
    }

    private String message(String channel, String more) {
        return "{\"id\":\"" + ++id + "\",\"channel\":\"" + channel + "\",\"clientId\":\"" + clientId + "\"" + more
                + "}";
    }

    /** Shakes hands, subscribes to the topic of IM sessions, and connects the first time. */
    static RawBayeux subscribed(HttpAgent http, boolean ack) throws Exception {
        RawBayeux bayeux = new RawBayeux(http);
        bayeux.handshake(ack);
        bayeux.subscribe("/v2/me/im-sessions");
        bayeux.connectAtOnce(-1);
        return bayeux;
    }

    /** The reply of a channel in an answer. */
    static JsonNode reply(HttpAgent.Answer answer, String channel) {
        for (JsonNode message : answer.json()) {
            if (message.path("channel").asText().equals(channel)) {
                return message;
            }
        }
        throw new AssertionError("No " + channel + " in " + answer.text());
    }
}
