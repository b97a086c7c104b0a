package org.imsession.camel.bench;

import java.util.Map;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;

/**
 * Makes the JSON of conversations of one agent, one after the other: state changes at both ends, texts of about a
 * hundred characters, and now and then attached data. Each event holds when it was published, by
 * {@link System#nanoTime()}. One thread at a time.
 */
final class Chats {

    /** Events of a conversation. */
    static final int LENGTH = 100;
    private static final int ATTACHED_EACH = 20;
    private static final String WORDS = " Thank you for waiting. I have looked into the invoice of October and see what"
            + " went wrong.";

    private final String agent;
    private int number;

    Chats(String agent) {
        this.agent = agent;
    }

    String next() {
        int now = number++;
        String id = "007MDF3D0KAHL93L807GK2%05X%05X".formatted(agent.hashCode() & 0xFFFFF, now / LENGTH & 0xFFFFF);
        int step = now % LENGTH;
        if (step > 1 && step < LENGTH - 1 && step % ATTACHED_EACH != 0) {
            return "{\"imSessionPath\":\"/im-sessions/" + id + "\",\"message\":\"" + System.nanoTime() + WORDS
                    + "\",\"notificationType\":\"NewMessage\",\"messageType\":\"IMLogUpdateMessage\"}";
        }
        String state = step == 0 ? "Alerting" : step == LENGTH - 1 ? "Completed" : "Talking";
        return "{\"imSession\":{\"capabilities\":[\"Complete\",\"AttachUserData\",\"SendMessage\"],\"id\":\"" + id
                + "\",\"participants\":[{\"e164Number\":\"\",\"formattedPhoneNumber\":\"30-02\","
                + "\"phoneNumber\":\"3002\","
                + "\"digits\":\"3002\"}],\"path\":\"/im-sessions/" + id + "\",\"state\":\"" + state
                + "\",\"userData\":{\"ServiceType\":\"Billing\",\"" + StateChanges.SENT + "\":" + System.nanoTime()
                + "}},\"phoneNumber\":\"3001\",\"notificationType\":\""
                + (step > 1 && step < LENGTH - 1 ? "AttachedDataChanged" : "StatusChange")
                + "\",\"messageType\":\"IMSessionStateChangeMessage\"}";
    }

    /** When it was published; 0 for what is not of here. */
    static long sentNanos(IMSessionNotification event) {
        if (event instanceof IMLogUpdateMessage text) {
            return Long.parseLong(text.message().split(" ", 2)[0]);
        }
        Map<String, Object> data = event instanceof IMSessionStateChangeMessage change
                ? change.imSession().userData() : Map.of();
        return data.get(StateChanges.SENT) instanceof Number sent ? sent.longValue() : 0;
    }
}
