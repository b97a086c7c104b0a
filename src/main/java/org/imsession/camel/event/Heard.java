package org.imsession.camel.event;

import java.util.Map;

/**
 * What whoever sends operations with the same login knows about a notification.
 *
 * @param direction    whose text it is; of no meaning for what is no text
 * @param traceContext of the exchange whose operation caused it: names and values as a tracer propagates them, empty if
 *                     there is none
 */
public record Heard(MessageDirection direction, Map<String, String> traceContext) {

    /** Property of an exchange: a map of the names and values that a tracer wants to be propagated. */
    public static final String TRACE_CONTEXT = "CamelIMSessionTraceContext";

    /** Nothing is known. */
    public static final Heard UNKNOWN = new Heard(MessageDirection.UNKNOWN, Map.of());

    /** The other party's, most likely. */
    public static final Heard INBOUND = new Heard(MessageDirection.INBOUND, Map.of());
}
