package org.imsession.camel.json;

/** Why a text is not taken, on its way up to the place that decides whether to throw or to deliver it as unknown. */
final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason one line without any part of the text */
    Rejection(String reason) {
        super(reason, null, false, false);
    }

    /** @param place see {@link MemberPath}, empty for the text as a whole */
    static Rejection at(String place, String problem) {
        return new Rejection(place.isEmpty() ? problem : place + ": " + problem);
    }

    String reason() {
        return getMessage();
    }
}
