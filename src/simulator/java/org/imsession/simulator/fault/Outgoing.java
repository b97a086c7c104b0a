package org.imsession.simulator.fault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An answer on its way out.
 *
 * @param status   the HTTP status
 * @param headers  the headers
 * @param body     the body
 * @param delivery how it is sent
 */
public record Outgoing(int status, Map<String, List<String>> headers, byte[] body, Delivery delivery) {

    /**
     * An answer that is sent as a whole.
     *
     * @param status  the HTTP status
     * @param headers the headers
     * @param body    the body
     */
    public Outgoing(int status, Map<String, List<String>> headers, byte[] body) {
        this(status, headers, body, Delivery.NORMAL);
    }

    Outgoing with(byte[] otherBody) {
        return new Outgoing(status, headers, otherBody, delivery);
    }

    Outgoing with(Delivery otherDelivery) {
        return new Outgoing(status, headers, body, otherDelivery);
    }

    /**
     * Adds headers.
     *
     * @param more the headers
     * @return a changed copy
     */
    public Outgoing with(Map<String, List<String>> more) {
        Map<String, List<String>> all = new LinkedHashMap<>(headers);
        more.forEach((name, values) -> all.merge(name, values, Outgoing::joined));
        return new Outgoing(status, all, body, delivery);
    }

    private static List<String> joined(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
