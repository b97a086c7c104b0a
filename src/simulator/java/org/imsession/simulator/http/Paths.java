package org.imsession.simulator.http;

/** The paths of the API. */
final class Paths {

    static final String API = "/api/v2";

    private static final String NOTIFICATIONS = API + "/notifications";

    private Paths() {
    }

    /** Clients post to the URL itself, or with the Bayeux message type behind it ({@code .../connect}). */
    static boolean isNotifications(String path) {
        return path.equals(NOTIFICATIONS) || path.startsWith(NOTIFICATIONS + "/");
    }
}
