package org.imsession.camel.event;

/** Where an event comes from. */
public enum Origin {
    /** The server sent it, and it is delivered for the first time. */
    LIVE("live"),
    /** As {@link #LIVE}, in a route that was told to follow a replay. */
    REPLAY("replay"),
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

    /**
     * The same as a route sees it.
     *
     * @param ofReplay whether its endpoint was told that the server replays a recording, which no server can say itself
     */
    public Origin seen(boolean ofReplay) {
        return ofReplay && this == LIVE ? REPLAY : this;
    }

    /** The name in headers. */
    public String label() {
        return label;
    }
}
