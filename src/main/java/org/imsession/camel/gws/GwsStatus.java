package org.imsession.camel.gws;

/** The {@code statusCode} of an answer (Genesys, GWS 8.5.2 and 8.6 API, Return Values). */
public enum GwsStatus {
    OK(0, "successful"),
    PARAMETER_MISSING(1, "a required parameter is missing"),
    INVALID_STATE(2, "not valid in the current state"),
    FORBIDDEN(3, "forbidden"),
    INTERNAL_ERROR(4, "internal error of GWS or of a server behind it"),
    NO_PERMISSION(5, "the agent has no permission for it"),
    NOT_FOUND(6, "not found"),
    PARTIAL_SUCCESS(7, "only partly successful"),
    PASSWORD_CHANGE_REQUIRED(8, "the agent must change the password first"),
    INCOMPLETE(9, "processing is incomplete"),
    INVALID_INPUT(10, "the input is not valid"),
    READ_ONLY(11, "the property is read-only"),
    CANNOT_RETRIEVE(12, "cannot be retrieved"),
    CANNOT_CREATE(13, "cannot be created"),
    CANNOT_DELETE(14, "cannot be deleted"),
    CANNOT_UPDATE(15, "cannot be updated"),
    CANNOT_ASSIGN(16, "cannot be assigned"),
    CANNOT_UNASSIGN(17, "cannot be unassigned"),
    ALREADY_EXISTS(18, "exists already"),
    IN_USE(19, "in use"),
    NOT_AUTHENTICATED(20, "not authenticated"),
    /** A code that the documentation does not list, or none at all. */
    UNKNOWN(-1, "not documented");

    private final int code;
    private final String meaning;

    GwsStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
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
     * The status of that code.
     *
     * @param code as sent
     * @return the status, {@link #UNKNOWN} for any other number
     */
    public static GwsStatus of(int code) {
        for (GwsStatus status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
