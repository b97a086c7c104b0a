package org.imsession.camel.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an agent can do with IM sessions over GWS, and the three reads (Genesys, GWS 8.5.2 API, IM Session). */
public enum IMSessionOperation {
    /** Invites somebody to a session: InitiateIMSession. */
    INITIATE("initiate", "InitiateIMSession", false),
    /** Says something in a session: SendMessage. */
    SEND_MESSAGE("sendMessage", "SendMessage", false),
    /** Adds user data; a key that is there already may come to stand there twice: AttachUserData. */
    ATTACH_USER_DATA("attachUserData", "AttachUserData", false),
    /** Sets user data, whatever was there: UpdateUserData. */
    UPDATE_USER_DATA("updateUserData", "UpdateUserData", true),
    /** Deletes one key of the user data: DeleteUserData. */
    DELETE_USER_DATA("deleteUserData", "DeleteUserData", true),
    /** Ends a session, for both sides: Complete. */
    COMPLETE("complete", "Complete", true),
    /** Reads all sessions of the agent. */
    LIST_SESSIONS("listSessions", "", true),
    /** Reads one session. */
    GET_SESSION("getSession", "", true),
    /** Reads the devices of the agent. */
    LIST_DEVICES("listDevices", "", true);

    private static final IMSessionOperation[] ALL = values();

    private final String label;
    private final String wireName;
    private final boolean repeatable;

    IMSessionOperation(String label, String wireName, boolean repeatable) {
        this.label = label;
        this.wireName = wireName;
        this.repeatable = repeatable;
    }

    /** The name in options and headers. */
    public String label() {
        return label;
    }

    /** The documented {@code operationName}, empty for a read. */
    public String wireName() {
        return wireName;
    }

    /** Whether it only reads. */
    public boolean isRead() {
        return wireName.isEmpty();
    }

    /** Whether doing it twice has the same effect as doing it once. */
    public boolean repeatable() {
        return repeatable;
    }

    /**
     * The operation of that name; blanks around it and its case do not count.
     *
     * @param name one of the names in options, or a documented {@code operationName}, not {@code null}
     * @return the operation, empty for any other text
     */
    public static Optional<IMSessionOperation> of(String name) {
        String wanted = name.strip();
        for (IMSessionOperation each : ALL) {
            if (each.label.equalsIgnoreCase(wanted) || !each.isRead() && each.wireName.equalsIgnoreCase(wanted)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** The names in options, for a message that says what there is. */
    public static String labels() {
        return Arrays.stream(ALL).map(IMSessionOperation::label).collect(Collectors.joining(", "));
    }
}
