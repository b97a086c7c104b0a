package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.imsession.camel.gws.AnswerMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the network cuts an answer changes nothing in what is read of it, however broken or large it is. */
class SlicedAnswerTest {

    private static final int ANSWERS = 4000;
    private static final List<String> MESSAGES = List.of(
            "{\"data\":{\"a\":[1,{\"b\":\"}]\\\"\\\\\"}]},\"channel\":\"/v2/me/im-sessions\"}",
            "{ \"channel\" : \"/v2/me/im-sessions\" , \"id\" : 5 ,\n \"data\" : \"text\" }",
            "{\"channel\":\"/v2/me/im-sessions\",\"data\":{\"x\":1},\"data\":{\"y\":\"\u00e9\u4e2d\"}}",
            "{\"channel\":\"\\/v2\\/me\\/im-sessions\",\"data\":{},\"channel\":\"/other\"}",
            "{\"channel\":\"/meta/connect\",\"successful\":true,\"ext\":{\"ack\":7},\"data\":{}}",
            "{\"channel\":\"/v2/me/im-sessions\",\"successful\":true}",
            "{\"channel\":\"\",\"data\":{}}", "{\"data\":1}", "{}",
            "{\"channel\":\"/v2/me/im-sessions\",\"data\":\"" + "x".repeat(300) + "\"}");
    private static final String ODD = "{}[]\",:\\ 7\n";

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void whereAnAnswerIsCutChangesNothing(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ANSWERS; i++) {
            byte[] answer = answer(random).getBytes(StandardCharsets.UTF_8);
            int limit = 1 + random.nextInt(1500);
            int[] expected = expected(random, answer);
            String whole = read(answer, answer.length, limit, expected);
            int slice = 1 + random.nextInt(80);
            assertThat(read(answer, slice, limit, expected)).as("seed %s, answer %s, %s bytes each: %s", seed, i, slice,
                    new String(answer, StandardCharsets.UTF_8)).isEqualTo(whole);
        }
    }

    private static String answer(Random random) {
        StringBuilder answer = new StringBuilder(random.ints(1 + random.nextInt(6), 0, MESSAGES.size())
                .mapToObj(MESSAGES::get).collect(Collectors.joining(",", "[", "]")));
        for (int harm = random.nextInt(4) - 1; harm > 0; harm--) {
            answer.setCharAt(1 + random.nextInt(answer.length() - 1), ODD.charAt(random.nextInt(ODD.length())));
        }
        return answer.toString();
    }

    /** What the server sends again, as often as not in the places where it has to stand. */
    private static int[] expected(Random random, byte[] answer) {
        if (random.nextBoolean()) {
            return new int[0];
        }
        try {
            return parse(answer, answer.length, 10_000, new int[0]).events().stream().mapToInt(ReceivedEvent::checksum)
                    .limit(random.nextInt(4)).map(sum -> random.nextInt(5) == 0 ? sum + 1 : sum).toArray();
        } catch (NotBayeuxException e) {
            return new int[0];
        }
    }

    private static Answer parse(byte[] bytes, int slice, int limit, int[] expected) {
        AnswerParser parser = new AnswerParser(limit, expected, new AnswerMemory(1 << 30).share(1 << 30));
        for (int from = 0; from < bytes.length; from += slice) {
            parser.parse(ByteBuffer.wrap(bytes, from, Math.min(slice, bytes.length - from)));
        }
        return parser.complete();
    }

    private static String read(byte[] bytes, int slice, int limit, int[] expected) {
        try {
            Answer answer = parse(bytes, slice, limit, expected);
            return answer.stream().map(reply -> new TreeMap<>(reply).toString()).toList() + " "
                    + answer.truncated() + " " + answer.events().stream().map(SlicedAnswerTest::text).toList();
        } catch (NotBayeuxException e) {
            return e.getMessage();
        }
    }

    private static String text(ReceivedEvent event) {
        return event.channel() + " " + new String(event.json(), StandardCharsets.UTF_8) + " " + event.size() + " "
                + event.checksum() + " " + event.skipped() + " " + event.repeated();
    }
}
