package org.imsession.simulator.settings;

/**
 * A refused REST request: HTTP status and the two members of an error body. The pairs for 4, 7 and 20 were observed on
 * GWS 8.5.202.96; the others are not documented and follow HTTP's own meaning.
 *
 * @param httpStatus    the HTTP status
 * @param statusCode    the member {@code statusCode}, see "Return values" of the GWS API
 * @param statusMessage the member {@code statusMessage}
 */
public record Refusal(int httpStatus, int statusCode, String statusMessage) {

    /** No valid credentials came with the request: HTTP 403, not 401. */
    public static final Refusal ACCESS_DENIED = new Refusal(403, 20, "Access denied");

    /**
     * A mandatory parameter of an operation is missing.
     *
     * @param parameter its name
     * @return HTTP 400, statusCode 1
     */
    public static Refusal missing(String parameter) {
        return new Refusal(400, 1, "Required parameter '" + parameter + "' is missing");
    }

    /**
     * The operation does not fit the state of the session or of the agent.
     *
     * @return HTTP 400, statusCode 2
     */
    public static Refusal invalidState() {
        return new Refusal(400, 2, "Invalid state");
    }

    /**
     * The agent lacks a feature or a permission.
     *
     * @param what what is not permitted
     * @return HTTP 403, statusCode 5
     */
    public static Refusal notPermitted(String what) {
        return new Refusal(403, 5, "No permission: " + what);
    }

    /**
     * There is no such resource.
     *
     * @param what what was looked for
     * @return HTTP 404, statusCode 6
     */
    public static Refusal notFound(String what) {
        return new Refusal(404, 6, "Not found: " + what);
    }

    /**
     * The request cannot be understood.
     *
     * @param why what is wrong with it
     * @return HTTP 400, statusCode 10
     */
    public static Refusal invalid(String why) {
        return new Refusal(400, 10, why);
    }
}
