package org.imsession.simulator.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in. {@link #toString()} shows neither headers nor body, because they hold passwords, cookies and
 * chat texts.
 *
 * @param number    its number, from 1, in the order of arrival
 * @param time      when it arrived
 * @param method    the HTTP method
 * @param path      the path, with {@code /api/v2}
 * @param query     the query without question mark, empty when there was none
 * @param agent     the agent whose credentials or HTTP session came with it, empty when there was none
 * @param steps     the steps of the protocol it is, at least one
 * @param channels  the Bayeux channels of its messages, in order; empty for REST requests
 * @param operation the operationName of a REST operation, else empty
 * @param headers   the headers as sent; the map ignores the case of names
 * @param cookies   the cookies by name
 * @param body      the body, empty when there was none
 */
public record RecordedRequest(long number, Instant time, String method, String path, String query, String agent,
                              List<Step> steps, List<String> channels, String operation,
                              Map<String, List<String>> headers, Map<String, String> cookies, byte[] body) {

    public RecordedRequest {
        steps = List.copyOf(steps);
        channels = List.copyOf(channels);
    }

    /**
     * Whether the request is at a step.
     *
     * @param step the step, {@link Step#ANY} for every request
     * @return true when it is
     */
    public boolean isAt(Step step) {
        return step == Step.ANY || steps.contains(step);
    }

    /**
     * The first value of a header.
     *
     * @param name its name, in any case
     * @return the value, empty when the header was not sent
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * A cookie.
     *
     * @param name its name
     * @return its value, empty when the cookie was not sent
     */
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /**
     * The body as text.
     *
     * @return the body read as UTF-8
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "#" + number + " " + method + " " + path + " " + steps + " by " + (agent.isEmpty() ? "nobody" : agent);
    }
}
