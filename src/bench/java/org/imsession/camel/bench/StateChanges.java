package org.imsession.camel.bench;

/**
 * Makes the JSON of state changes of about 600 bytes: one session after the other rings, talks, gets data attached and
 * is completed, as it is in a contact center. One thread at a time.
 */
final class StateChanges {

    /** User data that holds when the event was published, by {@link System#nanoTime()}. */
    static final String SENT = "sentNanos";

    private static final String[] STATES = { "Alerting", "Talking", "Talking", "Completed" };
    private static final String[] TYPES = { "StatusChange", "StatusChange", "AttachedDataChanged", "StatusChange" };

    private final boolean salesforce;
    private long number;

    /**
     * @param salesforce whether to put it where camel-salesforce looks for the content of an event, into
     *                   {@code sobject}, with the {@code event} beside it that it asks for
     */
    StateChanges(boolean salesforce) {
        this.salesforce = salesforce;
    }

    String next() {
        long now = number++;
        String id = "007MDF3D0KAHL93L807GK2LAES%06X".formatted(now / 4 & 0xFFFFFF);
        int step = (int) (now % 4);
        String json = "{\"imSession\":{\"capabilities\":[\"Complete\",\"AttachUserData\",\"DeleteUserData\","
                + "\"UpdateUserData\",\"SendMessage\"],\"id\":\"" + id + "\",\"participants\":[{\"e164Number\":\"\","
                + "\"formattedPhoneNumber\":\"30-02\",\"phoneNumber\":\"3002\",\"digits\":\"3002\"}],"
                + "\"path\":\"/im-sessions/" + id + "\",\"state\":\"" + STATES[step] + "\","
                + "\"uri\":\"http://gws.example.com:8090/api/v2/im-sessions/" + id + "\",\"userData\":{"
                + "\"CustomerSegment\":\"Gold\",\"ServiceType\":\"Billing\",\"Attempt\":3,\"" + SENT + "\":"
                + System.nanoTime() + "}},\"phoneNumber\":\"3001\",\"notificationType\":\"" + TYPES[step]
                + "\",\"messageType\":\"IMSessionStateChangeMessage\"}";
        return salesforce ? "{\"event\":{\"createdDate\":\"2026-01-01T00:00:00Z\",\"replayId\":" + number
                + ",\"type\":\"updated\"},\"sobject\":" + json + "}" : json;
    }
}
