package com.example.chats;

import org.apache.camel.CamelContext;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;

/** Events as a server sends them, made by the type converters. */
final class Events {

    static final String TEXT = """
            {"messageType": "IMLogUpdateMessage", "notificationType": "NewMessage", "imSessionPath": "/im-sessions/7",
             "message": "Hello", "metrics": {"rate": 1.50}}""";
    static final String CHANGE = """
            {"messageType": "IMSessionStateChangeMessage", "notificationType": "StatusChange", "imSession": {
             "id": "7", "state": " Talking", "path": "/im-sessions/7", "userData": {"favColor": "blue", "none": null},
             "capabilities": ["SendMessage", "Complete"],
             "participants": [{"digits": "3002", "phoneNumber": "3002"}, {"digits": "3003", "phoneNumber": "3003"}]}}""";
    static final String GAP = """
            {"messageType": "FeedGap", "agent": "alice", "from": "2026-01-31T12:00:00Z", "to": "2026-01-31T12:00:05Z",
             "reason": "SESSION_LOST", "certainty": "POSSIBLE", "detail": "402"}""";
    static final String OTHER = "{\"messageType\": \"Weather\", \"sun\": true}";

    private Events() {
    }

    static IMLogUpdateMessage text(CamelContext camel) {
        return camel.getTypeConverter().convertTo(IMLogUpdateMessage.class, TEXT);
    }

    static IMSessionStateChangeMessage change(CamelContext camel) {
        return camel.getTypeConverter().convertTo(IMSessionStateChangeMessage.class, CHANGE);
    }

    static IMSessionNotification of(CamelContext camel, String json) {
        return camel.getTypeConverter().convertTo(IMSessionNotification.class, json);
    }
}
