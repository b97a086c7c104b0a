package org.imsession.camel.feed;

/** Where an event comes from. */
public enum Origin {
    /** The server sent it, and it is delivered for the first time. */
    LIVE("live"),
    /** It may have been delivered before. */
    REDELIVERED("redelivered"),
    /** The server did not send it: it follows from the state that was read after a new subscription. */
    SNAPSHOT("snapshot"),
    /** It is a {@link org.imsession.camel.model.FeedGap}. */
    GAP("gap");

    private final String label;

    Origin(String label) {
        this.label = label;
    }

    /** The name in headers. */
    public String label() {
        return label;
    }
}
