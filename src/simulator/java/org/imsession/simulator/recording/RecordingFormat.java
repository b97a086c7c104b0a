package org.imsession.simulator.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.recording.RecordedAnswer.Content;
import org.imsession.simulator.recording.RecordedAnswer.End;
import org.imsession.simulator.recording.RecordedAnswer.Head;

/**
 * How a recording is written: JSON lines in UTF-8. The first is
 * {@code {"format":"imsession-recording","version":1,"texts":"replaced"}}, each other one an answer with the members
 * {@code ms}, {@code agent}, {@code steps}, {@code path}, {@code end}, {@code status} and {@code type}; and
 * {@code batch} (the Bayeux messages as they came) with {@code again}, or {@code body} (any other JSON), or {@code
 * text}
 * with {@code bytes} (what is no JSON). Members that are not known are passed over; a version that is not known is not.
 */
final class RecordingFormat {

    private static final String NAME = "imsession-recording";
    private static final int VERSION = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private RecordingFormat() {
    }

    static String firstLine(boolean plain) {
        return JsonNodeFactory.instance.objectNode().put("format", NAME).put("version", VERSION)
                .put("texts", plain ? "plain" : "replaced").toString();
    }

    /** @throws IllegalArgumentException saying what is wrong with the first line of a file */
    static void checkFirst(String line) {
        JsonNode first = tree(JsonSlices.members(line).isPresent() ? line : "{}");
        if (!first.path("format").asText().equals(NAME)) {
            throw new IllegalArgumentException("it is no recording: its first line does not say " + NAME);
        }
        if (first.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("it has version " + first.path("version") + " of the format, and this "
                    + "simulator reads " + VERSION + "; take the simulator of the version that recorded it");
        }
    }

    static String line(RecordedAnswer answer) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("ms", answer.millis()).put("agent", answer.agent());
        answer.steps().forEach(step -> line.withArray("steps").add(step.name()));
        Head head = answer.head();
        line.put("path", answer.path()).put("end", head.end().name()).put("status", head.status())
                .put("type", head.type());
        if (!head.retryAfter().isEmpty()) {
            line.put("retryAfter", head.retryAfter());
        }
        if (head.redirects()) {
            line.put("redirects", true);
        }
        String start = line.toString();
        return start.substring(0, start.length() - 1) + rest(answer) + "}";
    }

    /** Put together by hand, so that no letter of what came changes. */
    private static String rest(RecordedAnswer answer) {
        Content content = answer.content();
        if (!content.json().isEmpty()) {
            return ",\"body\":" + content.json();
        }
        if (!content.kind().isEmpty()) {
            return ",\"text\":\"" + content.kind() + "\",\"bytes\":" + content.bytes();
        }
        return answer.batch().isEmpty() ? ""
                : ",\"again\":" + answer.again() + ",\"batch\":[" + String.join(",", answer.batch()) + "]";
    }

    /** @throws IllegalArgumentException if it is no answer */
    static RecordedAnswer answer(String line) {
        Map<String, String> members = JsonSlices.members(line)
                .orElseThrow(() -> new IllegalArgumentException("it is no JSON object"));
        List<Step> steps = new ArrayList<>();
        read(members, "steps").forEach(each -> steps.add(step(each.asText())));
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("it has no steps");
        }
        Head head = new Head(end(read(members, "end").asText("WHOLE")), read(members, "status").asInt(),
                read(members, "type").asText(""), read(members, "retryAfter").asText(""),
                read(members, "redirects").asBoolean());
        List<String> batch = Optional.ofNullable(members.get("batch")).flatMap(JsonSlices::elements).orElse(List.of());
        return new RecordedAnswer(read(members, "ms").asLong(), read(members, "agent").asText(""), steps,
                read(members, "path").asText(""), head, read(members, "again").asInt(), batch,
                new Content(members.getOrDefault("body", ""), read(members, "text").asText(""),
                        read(members, "bytes").asInt()));
    }

    private static Step step(String name) {
        return Arrays.stream(Step.values()).filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it has an unknown step"));
    }

    private static End end(String name) {
        return Arrays.stream(End.values()).filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it has an unknown end"));
    }

    private static JsonNode read(Map<String, String> members, String name) {
        return tree(members.getOrDefault(name, "\"\""));
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be read", e);
        }
    }
}
