package org.imsession.camel.model;

/** What happened, within a message type (Genesys, GWS 8.5.2 API, IM Session Message Type). */
public enum NotificationType {
    /** The state of the session changed. */
    STATUS_CHANGE("StatusChange"),
    /** The user data of the session changed. */
    ATTACHED_DATA_CHANGED("AttachedDataChanged"),
    /** A text was sent, by either side. */
    NEW_MESSAGE("NewMessage"),
    /** Another type, or none; the text as sent is kept beside it. */
    UNKNOWN("");

    private static final NotificationType[] ALL = values();

    private final String wireName;

    NotificationType(String wireName) {
        this.wireName = wireName;
    }

    /** The documented spelling, empty for {@link #UNKNOWN}. */
    public String wireName() {
        return wireName;
    }

    /**
     * The type of that name; blanks around it and its case do not count.
     *
     * @param text a notification type as sent, not {@code null}
     * @return the type, {@link #UNKNOWN} for any other text
     */
    public static NotificationType of(String text) {
        for (NotificationType type : ALL) {
            if (type.wireName.equals(text) && type != UNKNOWN) { // as nearly all are spelled
                return type;
            }
        }
        String name = text.strip();
        for (NotificationType type : ALL) {
            if (type != UNKNOWN && type.wireName.equalsIgnoreCase(name)) {
                return type;
            }
        }
        return UNKNOWN;
    }
}
