package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.imsession.camel.gws.AnswerMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
        return parse(limit, expected, slice, new AnswerMemory(1 << 30).share(1 << 30), bytes);
    }

    private static Answer parse(int limit, int[] expected, int slice, AnswerMemory.Share memory, byte[] bytes) {
        AnswerParser parser = new AnswerParser(limit, expected, memory);
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

    /** The memory that it is given is counted on the way through a piece, or by itself if it came in several. */
    @ParameterizedTest
    @ValueSource(ints = { 1, 7, 64, 100, 100_000 })
    void anEventWeighsTheSameHoweverTheAnswerIsSliced(int slice) {
        String event = "{\"id\":[{},{\"a\":1}], \"data\": {\"a\":[1,2,{\"b\":\"{[,:\\\"\"}], \"c\" : {}} ,"
                + "\"channel\":\"/v2/me/im-sessions\"}";
        assertThat(parse(10_000, new int[0], slice, event, REPLY, event).events()).hasSize(2)
                .allSatisfy(each -> assertThat(each.weight())
                        .isEqualTo(1000 + 5 * each.json().length + 4 * 160 + 3 * 128 + 3 * 48)
                        .isEqualTo(EventWeight.of(each.json())));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 64, 100_000 })
    void eachEventIsOfItsOwnChannel(int slice) {
        List<String> channels = List.of("/v2/me/im-sessions", "/v2/me/im-sessionz", "/v2/me/im-sessionz", "/a", "",
                "/v2/me/im-sessions", "/v2/me/im\\u002dsessions");
        Answer answer = parse(10_000, new int[0], slice, channels.stream()
                .map(channel -> "{\"channel\":\"" + channel + "\",\"data\":{}}").toArray(String[]::new));
        assertThat(answer.events()).extracting(ReceivedEvent::channel).containsExactly("/v2/me/im-sessions",
                "/v2/me/im-sessionz", "/v2/me/im-sessionz", "/a", "", "/v2/me/im-sessions", "/v2/me/im-sessions");
    }

    @Test
    void whatAReplySaysIsReadWithItsEscapes() {
        Reply reply = (Reply) parse(10_000, new int[0], 16, "{\"channel\":\"/meta/connect\",\"successful\":false,"
                + "\"error\":\"403::Unknown \\u0063lient \\\"\u00e4\\\"\",\"clientId\":\"c\"}").get(0);
        assertThat(reply).containsEntry("error", "403::Unknown client \"\u00e4\"").containsEntry("clientId", "c")
                .containsEntry("successful", false);
    }

    @Test
    void aMessageAboveTheLimitIsSkippedAndItsNeighboursAreNot() {
        String large = "{\"channel\":\"/v2/me/im-sessions\",\"data\":\"" + "x".repeat(5000) + "\"}";
        Answer answer = parse(1000, new int[0], 64, EVENT, large, EVENT, REPLY);
        assertThat(answer.events()).extracting(ReceivedEvent::skipped).containsExactly(false, true, false);
        assertThat(answer.events().get(1).size()).isEqualTo(large.length());
        assertThat(answer.events().get(1).json().length).isLessThanOrEqualTo(AnswerParser.SKIPPED_PREFIX);
        assertThat(answer).hasSize(1);
        assertThat(answer.truncated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v2/me/im-sessions", "\\/v2\\/me\\/im-sessions", "/v2/me/im\\u002dsessions" })
    void theNameOfAChannelMayBeEscaped(String channel) {
        Answer answer = parse(1000, new int[0], 64, "{\"channel\":\"" + channel + "\",\"data\":{}}", REPLY);
        assertThat(answer.events()).extracting(ReceivedEvent::channel).containsExactly("/v2/me/im-sessions");
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
        assertThat(answer.events()).extracting(ReceivedEvent::skipped).containsExactly(false);
        assertThat(answer.truncated()).isTrue();
        assertThat(answer).hasSize(1);
    }

    @Test
    void whatIsSentAgainDoesNotUseTheLimitUp() {
        int checksum = parse(1000, new int[0], 50, EVENT).events().get(0).checksum();
        Answer answer = parse(EVENT.length() + 10, new int[] { checksum, checksum, checksum }, 50,
                EVENT, EVENT, EVENT, EVENT, REPLY);
        assertThat(answer.events()).extracting(ReceivedEvent::repeated).containsExactly(true, true, true, false);
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
        assertThat(answer.events()).extracting(ReceivedEvent::repeated).containsExactly(false, false);
    }

    @Test
    void depthCostsNothing() {
        int depth = 200_000;
        String deep = "{\"channel\":\"/v2/me/im-sessions\",\"data\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        assertThat(parse(1_000_000, new int[0], 8192, deep, REPLY).events().get(0).json()).hasSize(2 * depth);
    }

    static Stream<Arguments> bombs() {
        String pad = "A".repeat(60_000);
        return Stream.of(
                Arguments.of("{}", 10_000_000, true),
                Arguments.of("{\"channel\":\"/v2/me/im-sessions\",\"data\":{}}", 300_000, false),
                Arguments.of("{\"channel\":\"/meta/x\"}", 700_000, true),
                Arguments.of("{\"channel\":\"/meta/x\",\"successful\":true,\"p\":\"" + pad + "\"}", 7000, true),
                Arguments.of("{\"channel\":\"/v2/me/im-sessions\",\"data\":[" + "[],".repeat(20_000) + "1]}", 200, false),
                Arguments.of("{\"channel\":\"/v2/me/im-sessions\",\"data\":\"" + pad + "\"}", 5000, true));
    }

    /** 41 KB of gzip with the first of these used to end the JVM; replies never counted at all. */
    @ParameterizedTest
    @MethodSource("bombs")
    void whateverAnAnswerUnpacksToItHoldsNoMoreThanItMay(String message, int times, boolean toldAsBroken) {
        AnswerMemory memory = new AnswerMemory(16 << 20);
        AnswerMemory.Share share = memory.share(8 << 20);
        AnswerParser parser = new AnswerParser(1 << 20, new int[0], share);
        byte[] piece = (message + ",").repeat(Math.max(1, 8192 / message.length())).getBytes(StandardCharsets.UTF_8);
        Throwable problem = catchThrowable(() -> {
            parser.parse(ByteBuffer.wrap("[".getBytes(StandardCharsets.UTF_8)));
            for (long sent = 0; sent < (long) times * message.length(); sent += piece.length) {
                parser.parse(ByteBuffer.wrap(piece));
                assertThat(memory.used()).isLessThanOrEqualTo(8 << 20);
            }
        });
        if (toldAsBroken) {
            assertThat(problem).isInstanceOf(NotBayeuxException.class).hasMessageContaining("more than");
        } else {
            parser.parse(ByteBuffer.wrap((REPLY + "]").getBytes(StandardCharsets.UTF_8)));
            Answer answer = parser.complete();
            assertThat(answer.truncated()).isTrue();
            assertThat(answer.events()).isNotEmpty();
            assertThat(answer).as("the reply is read all the same").hasSize(1);
        }
        parser.release();
        assertThat(memory.used()).isZero();
    }

    /** A backlog that stands travels again with each heartbeat, also when all memory is taken: by itself. */
    @Test
    void whatIsSentAgainNeedsNoMemory() {
        AnswerMemory.Share share = new AnswerMemory(16 << 20).share(1 << 20);
        Answer first = parse(10_000_000, new int[0], 8192, EVENT.replace("quoted", "y".repeat(50_000)), REPLY);
        int checksum = first.events().get(0).checksum();
        int[] expected = new int[200];
        Arrays.fill(expected, checksum);
        share.add((1 << 20) / 7 * 6);
        AnswerParser parser = new AnswerParser(1 << 20, expected, share);
        byte[] bytes = ("[" + (EVENT.replace("quoted", "y".repeat(50_000)) + ",").repeat(200) + REPLY + "]")
                .getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += 8192) {
            parser.parse(ByteBuffer.wrap(bytes, from, Math.min(8192, bytes.length - from)));
        }
        Answer answer = parser.complete();
        assertThat(answer.truncated()).isFalse();
        assertThat(answer.events()).hasSize(200).allMatch(ReceivedEvent::repeated);
    }

    @Test
    void anEventThatNeedsMoreMemoryThanThereEverIsIsSkippedAndItsNeighboursAreNot() {
        String heavy = "{\"channel\":\"/v2/me/im-sessions\",\"data\":[" + "{},".repeat(10_000) + "1]}";
        Answer answer = parse(1 << 20, new int[0], 1 << 20, new AnswerMemory(4 << 20).share(1 << 20),
                ("[" + EVENT + "," + heavy + "," + EVENT + "," + REPLY + "]").getBytes(StandardCharsets.UTF_8));
        assertThat(answer.events()).extracting(ReceivedEvent::skipped).containsExactly(false, true, false);
        assertThat(answer.truncated()).isFalse();
    }

    @Test
    void aMessageOfManyMembersIsAnEventThatCannotBeReadAndAReplyKeepsNothingUnknown() {
        StringBuilder many = new StringBuilder("{\"channel\":\"/meta/connect\"");
        for (int i = 0; i < 200; i++) {
            many.append(",\"m").append(i).append("\":1");
        }
        Answer answer = parse(100_000, new int[0], 8192, many + "}", REPLY.replace("{\"channel", "{\"x\":[1],\"channel"));
        assertThat(answer.events()).hasSize(1);
        assertThat(answer.get(0)).doesNotContainKey("x");
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
        assertThat(reply.getId()).isNull();
        assertThat(reply.getExt()).isNull();
        assertThat(reply.getAdvice()).containsOnlyKeys("interval").containsEntry("interval", 60_000L);
        assertThat(reply.toString()).doesNotContain("interval");
    }
}
