package org.imsession.camel.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.IMSessionNotification;

/** The exchanges of a run and of its replay: the same but for texts and names, time of receipt and sequence. */
final class Pair {

    private static final JsonMapper JSON = new JsonMapper();
    /** Times, and what the sequence is made of; the address of the server is compared by nobody. */
    private static final Set<String> OTHERWISE = Set.of(IMSessionConstants.MESSAGE_TIMESTAMP,
            IMSessionConstants.SEQUENCE,
            IMSessionConstants.BAYEUX_SESSION, IMSessionConstants.SERVER_URL);
    private static final Set<String> TIMES = Set.of("from", "to");

    private final Map<String, String> replaced = new HashMap<>();
    private final Map<String, String> replacedBy = new HashMap<>();

    void compare(List<Exchange> original, List<Exchange> replay) {
        assertThat(replay.stream().map(Pair::outline)).isEqualTo(original.stream().map(Pair::outline).toList());
        for (int i = 0; i < original.size(); i++) {
            headers(original.get(i), replay.get(i));
            same("", json(original.get(i)), json(replay.get(i)));
            raw(body(original.get(i)).raw(), body(replay.get(i)).raw());
        }
    }

    /** Texts that were not replaced, or not always by the same one, would have failed before. */
    Map<String, String> replaced() {
        return replaced;
    }

    private static IMSessionNotification body(Exchange exchange) {
        return exchange.getIn().getBody(IMSessionNotification.class);
    }

    private static String outline(Exchange exchange) {
        Map<String, Object> headers = exchange.getIn().getHeaders();
        return headers.get(IMSessionConstants.ORIGIN) + " " + headers.get(IMSessionConstants.MESSAGE_TYPE) + " "
                + headers.get(IMSessionConstants.STATE);
    }

    private static JsonNode json(Exchange exchange) {
        try {
            return JSON.readTree(new IMSessionJson().write(body(exchange)));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private void headers(Exchange original, Exchange replay) {
        Map<String, Object> expected = new TreeMap<>(original.getIn().getHeaders());
        Map<String, Object> actual = new TreeMap<>(replay.getIn().getHeaders());
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.keySet().removeAll(OTHERWISE);
        expected.forEach((name, value) -> same(name, JSON.valueToTree(value), JSON.valueToTree(actual.get(name))));
    }

    /** What was received, to the letter, but for the letters that were replaced. */
    private static void raw(String originalText, String replayText) {
        String original = unescaped(originalText);
        String replay = unescaped(replayText);
        assertThat(replay.codePoints().count()).isEqualTo(original.codePoints().count());
        int[] other = replay.codePoints().toArray();
        int[] own = original.codePoints().toArray();
        for (int i = 0; i < own.length; i++) {
            assertThat(Character.getType(other[i])).as("%s for %s", replay, original)
                    .isEqualTo(Character.getType(own[i]));
            assertThat(Character.UnicodeScript.of(other[i])).isEqualTo(Character.UnicodeScript.of(own[i]));
        }
    }

    /** A letter may be written by its number, which is another number for another letter. */
    private static String unescaped(String text) {
        return Pattern.compile("\\\\u([0-9a-fA-F]{4})").matcher(text).replaceAll(found ->
                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    private void same(String name, JsonNode original, JsonNode replay) {
        assertThat(replay.getNodeType()).as(name).isEqualTo(original.getNodeType());
        if (TIMES.contains(name)) {
            return;
        }
        assertThat(replay.size()).as("%s of %s and %s", name, original, replay).isEqualTo(original.size());
        if (original.isObject()) {
            List<Map.Entry<String, JsonNode>> others = List.copyOf(replay.properties());
            int i = 0;
            for (Map.Entry<String, JsonNode> member : original.properties()) {
                text(member.getKey(), others.get(i).getKey());
                same(member.getKey(), member.getValue(), others.get(i++).getValue());
            }
        } else if (original.isArray()) {
            for (int i = 0; i < original.size(); i++) {
                same(name, original.get(i), replay.get(i));
            }
        } else {
            text(original.asText(), replay.asText());
        }
    }

    /** The same, or one of its kind that always stands for it, and for nothing else. */
    private void text(String original, String replay) {
        if (!original.equals(replay)) {
            raw(original, replay);
            assertThat(replaced.merge(original, replay, (known, now) -> known)).as(original).isEqualTo(replay);
            assertThat(replacedBy.merge(replay, original, (known, now) -> known)).as(replay).isEqualTo(original);
        }
    }
}
