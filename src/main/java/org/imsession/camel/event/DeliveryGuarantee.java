package org.imsession.camel.event;

/** What the feed can promise in the current session; it depends on the server. */
public enum DeliveryGuarantee {
    /** The server keeps each event until its exchange has ended. */
    AT_LEAST_ONCE("at-least-once"),
    /** The server forgets an event once it has sent it: an answer that is cut on its way is lost. */
    AT_MOST_ONCE("at-most-once"),
    /** There is no session yet. */
    NONE("none");

    private final String label;

    DeliveryGuarantee(String label) {
        this.label = label;
    }

    /** The name in headers, health details and JMX. */
    public String label() {
        return label;
    }
}
