package org.imsession.camel.gws;

/** The {@code statusCode} of an answer (Genesys, GWS 8.5.2 and 8.6 API, Return Values). */
public enum GwsStatus {
    OK(0, "successful", false),
    PARAMETER_MISSING(1, "a required parameter is missing", false),
    INVALID_STATE(2, "not valid in the current state", true),
    FORBIDDEN(3, "forbidden", false),
    INTERNAL_ERROR(4, "internal error of GWS or of a server behind it", true),
    NO_PERMISSION(5, "the agent has no permission for it", false),
    NOT_FOUND(6, "not found", false),
    PARTIAL_SUCCESS(7, "only partly successful", false),
    PASSWORD_CHANGE_REQUIRED(8, "the agent must change the password first", false),
    INCOMPLETE(9, "processing is incomplete", true),
    INVALID_INPUT(10, "the input is not valid", false),
    READ_ONLY(11, "the property is read-only", false),
    CANNOT_RETRIEVE(12, "cannot be retrieved", true),
    CANNOT_CREATE(13, "cannot be created", true),
    CANNOT_DELETE(14, "cannot be deleted", true),
    CANNOT_UPDATE(15, "cannot be updated", true),
    CANNOT_ASSIGN(16, "cannot be assigned", true),
    CANNOT_UNASSIGN(17, "cannot be unassigned", true),
    ALREADY_EXISTS(18, "exists already", false),
    IN_USE(19, "in use", true),
    NOT_AUTHENTICATED(20, "not authenticated", false),
    /** A code that the documentation does not list, or none at all. */
    UNKNOWN(-1, "not documented", false);

    private static final GwsStatus[] ALL = values();

    private final int code;
    private final String meaning;
    private final boolean passing;

    GwsStatus(int code, String meaning, boolean passing) {
        this.code = code;
        this.meaning = meaning;
        this.passing = passing;
    }

    /** The number on the wire, -1 for {@link #UNKNOWN}. */
    public int code() {
        return code;
    }

    /** What the documentation says it means, in a few words. */
    public String meaning() {
        return meaning;
    }

    /**
     * Whether what it names may pass by itself, such as a state or a fault of the server, so that the same request can
     * succeed later.
     */
    public boolean passing() {
        return passing;
    }

    /**
     * The status of that code.
     *
     * @param code as sent
     * @return the status, {@link #UNKNOWN} for any other number
     */
    public static GwsStatus of(int code) {
        for (GwsStatus status : ALL) {
            if (status.code == code) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
