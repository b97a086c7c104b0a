package org.imsession.simulator.replay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.imsession.simulator.fault.Delivery;
import org.imsession.simulator.fault.Outgoing;
import org.imsession.simulator.recording.RecordedAnswer;
import org.imsession.simulator.recording.RecordedAnswer.Content;
import org.imsession.simulator.recording.RecordedAnswer.Head;

/** Answers as they leave. */
final class Answers {

    private static final int MOST_FILLER = 64 * 1024;
    /** Of an answer that was cut no more comes than its first letter. */
    private static final byte[] CUT = "[               ]".getBytes(StandardCharsets.UTF_8);
    /** The client is not to go there. */
    private static final String ELSEWHERE = "https://elsewhere.invalid/";

    private Answers() {
    }

    static Outgoing bayeux(List<Bayeux> messages) {
        return json(messages.stream().map(Bayeux::text).collect(Collectors.joining(",", "[", "]")));
    }

    static Outgoing json(String text) {
        return new Outgoing(200, Map.of("Content-Type", List.of("application/json")),
                text.getBytes(StandardCharsets.UTF_8));
    }

    static Outgoing notFound() {
        return new Outgoing(404, Map.of("Content-Type", List.of("application/json")),
                "{\"statusCode\":6,\"statusMessage\":\"Resource not found\"}".getBytes(StandardCharsets.UTF_8));
    }

    /** One that has no Bayeux messages, as it came. */
    static Outgoing asRecorded(RecordedAnswer answer) {
        Head head = answer.head();
        return switch (head.end()) {
            case LOST -> new Outgoing(200, Map.of(), new byte[0], ending(Delivery.NOTHING));
            case CUT -> new Outgoing(head.status(), headers(head), CUT, ending(1));
            case WHOLE -> new Outgoing(head.status(), headers(head), body(answer.content()));
        };
    }

    private static Delivery ending(int bytes) {
        return new Delivery(Duration.ZERO, Integer.MAX_VALUE, Duration.ZERO, bytes, Delivery.Ending.CLOSE);
    }

    private static Map<String, List<String>> headers(Head head) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        if (!head.type().isEmpty()) {
            headers.put("Content-Type", List.of(head.type()));
        }
        if (!head.retryAfter().isEmpty()) {
            headers.put("Retry-After", List.of(head.retryAfter()));
        }
        if (head.redirects()) {
            headers.put("Location", List.of(ELSEWHERE));
        }
        return headers;
    }

    private static byte[] body(Content content) {
        String text = switch (content.kind()) {
            case "html" -> "<!DOCTYPE html><html><body></body></html>";
            case "csrf" -> "Missing or invalid Csrf token";
            case "other" -> "x".repeat(Math.min(MOST_FILLER, content.bytes()));
            default -> content.json();
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
