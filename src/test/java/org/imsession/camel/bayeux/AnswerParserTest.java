package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.imsession.camel.gws.AnswerMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {

    private static final String EVENT = "{\"data\": {\"message\":\"a \\\"quoted}\\\" text ]\",\"n\":[1,{\"x\":2.50}]} ,"
            + "\"channel\":\"/v2/me/im-sessions\"}";
    private static final String REPLY = "{\"channel\":\"/meta/connect\",\"id\":\"7\",\"successful\":true,"
            + "\"ext\":{\"ack\":12},\"advice\":{\"timeout\":30000}}";

    private static Answer parse(int limit, int[] expected, int slice, String... messages) {
        return parse(limit, expected, slice,
                ("[" + String.join(" ,\n", messages) + "]").getBytes(StandardCharsets.UTF_8));
    }

    private static Answer parse(int limit, int[] expected, int slice, byte[] bytes) {
        AnswerParser parser = new AnswerParser(limit, expected, new AnswerMemory(1 << 30).share(1 << 30));
        for (int from = 0; from < bytes.length; from += slice) {
            parser.parse(ByteBuffer.wrap(bytes, from, Math.min(slice, bytes.length - from)));
        }
        return parser.complete();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 7, 64, 100_000 })
    void dataIsLeftAsItCameHoweverTheAnswerIsSliced(int slice) {
        Answer answer = parse(10_000, new int[0], slice, EVENT, REPLY, EVENT);
        assertThat(answer).hasSize(1);
        assertThat(((Reply) answer.get(0)).batch()).isEqualTo(12);
        assertThat(answer.events()).hasSize(2).allSatisfy(event -> {
            assertThat(event.channel()).isEqualTo("/v2/me/im-sessions");
            assertThat(new String(event.json(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"message\":\"a \\\"quoted}\\\" text ]\",\"n\":[1,{\"x\":2.50}]}");
        });
    }

    @Test
    void aMessageAboveTheLimitIsSkippedAndItsNeighboursAreNot() {
        String large = "{\"channel\":\"/v2/me/im-sessions\",\"data\":\"" + "x".repeat(5000) + "\"}";
        Answer answer = parse(1000, new int[0], 64, EVENT, large, EVENT, REPLY);
        assertThat(answer.events()).extracting(WireEvent::skipped).containsExactly(false, true, false);
        assertThat(answer.events().get(1).size()).isEqualTo(large.length());
        assertThat(answer.events().get(1).json().length).isLessThanOrEqualTo(AnswerParser.SKIPPED_PREFIX);
        assertThat(answer).hasSize(1);
        assertThat(answer.truncated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v2/me/im-sessions", "\\/v2\\/me\\/im-sessions", "/v2/me/im\\u002dsessions" })
    void theNameOfAChannelMayBeEscaped(String channel) {
        Answer answer = parse(1000, new int[0], 64, "{\"channel\":\"" + channel + "\",\"data\":{}}", REPLY);
        assertThat(answer.events()).extracting(WireEvent::channel).containsExactly("/v2/me/im-sessions");
    }

    @Test
    void whatIsAboveTheLimitInSumIsLeftToTheServerButTheReplyIsRead() {
        Answer answer = parse(2 * EVENT.length() + 10, new int[0], 50, EVENT, EVENT, EVENT, EVENT, REPLY);
        assertThat(answer.events()).hasSize(2);
        assertThat(answer.truncated()).isTrue();
        assertThat(answer).hasSize(1);
    }

    /**
     * It used to take the place of the event that was left out before it, and every heartbeat brought all of them
     * again.
     */
    @Test
    void aMessageToBeSkippedIsLeftToTheServerWithThoseBeforeIt() {
        String large = "{\"channel\":\"/v2/me/im-sessions\",\"data\":\"" + "x".repeat(5000) + "\"}";
        Answer answer = parse(EVENT.length() + 10, new int[0], 64, EVENT, EVENT, large, REPLY);
        assertThat(answer.events()).extracting(WireEvent::skipped).containsExactly(false);
        assertThat(answer.truncated()).isTrue();
        assertThat(answer).hasSize(1);
    }

    @Test
    void whatIsSentAgainDoesNotUseTheLimitUp() {
        int checksum = parse(1000, new int[0], 50, EVENT).events().get(0).checksum();
        Answer answer = parse(EVENT.length() + 10, new int[] { checksum, checksum, checksum }, 50,
                EVENT, EVENT, EVENT, EVENT, REPLY);
        assertThat(answer.events()).extracting(WireEvent::repeated).containsExactly(true, true, true, false);
        assertThat(answer.truncated()).isFalse();
    }

    /**
     * The second of these is new, though it looks like one that was received before; its text used to be thrown away.
     */
    @Test
    void nothingBehindWhatIsNotSentAgainCountsAsSentAgain() {
        String other = EVENT.replace("/v2/me/im-sessions", "/v2/me/im-sessionz");
        int checksum = parse(1000, new int[0], 50, EVENT).events().get(0).checksum();
        int another = parse(1000, new int[0], 50, EVENT.replace("1", "2").replace("quoted", "other")).events().get(0)
                .checksum();
        Answer answer = parse(1000, new int[] { another, checksum }, 50, other, EVENT, REPLY);
        assertThat(answer.events()).extracting(WireEvent::repeated).containsExactly(false, false);
    }

    @Test
    void depthCostsNothing() {
        int depth = 200_000;
        String deep = "{\"channel\":\"/v2/me/im-sessions\",\"data\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        assertThat(parse(1_000_000, new int[0], 8192, deep, REPLY).events().get(0).json()).hasSize(2 * depth);
    }

    static Stream<String> notBayeux() {
        return Stream.of("", "  ", "<html>Please log in</html>", "null", "[" + EVENT, "[" + EVENT + "," + REPLY,
                "[" + EVENT.substring(0, 30), "[\"text\"]", "[]]", "[" + EVENT + "] trailing", "{\"a\":1} {\"b\":2}");
    }

    @ParameterizedTest
    @MethodSource("notBayeux")
    void whatIsNoBayeuxAnswerIsToldAsSuchWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> parse(10_000, new int[0], 16, text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(NotBayeuxException.class)
                .hasMessageNotContainingAny("log in", "quoted", "text ]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                             | false
            <html>Bad gateway</html>                       | false
            upstream connect error                         | false
            {"message":"no upstream"}                      | false
            [{"channel":"/meta/connect","succ              | true
            {"channel":"/meta/connect","succ               | true
            ["text"]                                       | true
            """)
    void aPageOfSomebodyElseIsToldFromABrokenAnswerOfTheServer(String text, boolean begun) {
        assertThatThrownBy(() -> parse(10_000, new int[0], 16, text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(NotBayeuxException.class, e -> assertThat(e.begun()).isEqualTo(begun));
    }

    @Test
    void aMessageThatCannotBeReadIsAnEventWithItsWholeText() {
        List<String> broken = List.of("{\"channel\":\"/v2/me/im-sessions\" \"data\":1}", "{}", "{\"data\":{\"a\":1}}",
                "{\"channel\":5,\"data\":{}}");
        Answer answer = parse(10_000, new int[0], 16, broken.toArray(String[]::new));
        assertThat(answer).isEmpty();
        assertThat(answer.events()).extracting(event -> new String(event.json(), StandardCharsets.UTF_8))
                .containsExactlyElementsOf(broken);
    }

    @Test
    void replyMembersOfAWrongTypeAreRemovedAndAdviceIsBroughtIntoBounds() {
        String odd = "{\"channel\":\"/meta/connect\",\"id\":7,\"successful\":\"yes\",\"clientId\":5,\"error\":{},"
                + "\"ext\":[],\"advice\":{\"interval\":9e18,\"timeout\":\"soon\",\"reconnect\":1}}";
        Reply reply = (Reply) parse(10_000, new int[0], 16, odd).get(0);
        assertThat(reply.isSuccessful()).isFalse();
        assertThat(reply.getId()).isEqualTo("7");
        assertThat(reply.getExt()).isNull();
        assertThat(reply.getAdvice()).containsOnlyKeys("interval").containsEntry("interval", 60_000L);
        assertThat(reply.toString()).doesNotContain("interval");
    }
}
