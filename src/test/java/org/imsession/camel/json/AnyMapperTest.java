package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.IMSessionRequest.AttachUserData;
import org.imsession.camel.model.IMSessionRequest.Complete;
import org.imsession.camel.model.IMSessionRequest.DeleteUserData;
import org.imsession.camel.model.IMSessionRequest.GetSession;
import org.imsession.camel.model.IMSessionRequest.Initiate;
import org.imsession.camel.model.IMSessionRequest.ListDevices;
import org.imsession.camel.model.IMSessionRequest.ListSessions;
import org.imsession.camel.model.IMSessionRequest.SendMessage;
import org.imsession.camel.model.IMSessionRequest.UpdateUserData;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mapper of Jackson 2 that knows nothing of us, however it is set up, has the same JSON as we have. */
class AnyMapperTest {

    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final Map<String, ObjectMapper> MAPPERS = Map.of(
            "plain", PLAIN,
            "sparing", new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY),
            "sorting", JsonMapper.builder().enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build(),
            "renaming", new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE),
            "typing", JsonMapper.builder().activateDefaultTyping(BasicPolymorphicTypeValidator.builder()
                    .allowIfBaseType(Object.class).build(), ObjectMapper.DefaultTyping.NON_FINAL).build());
    private static final String HARD = "\"userData\":{\"none\":null,\"exact\":1.50,\"large\":"
            + "12345678901234567890123.45,\"whole\":98765432109876543210,\"empty\":\"\",\"list\":[1,[],{}],"
            + "\"@class\":\"java.lang.Object\",\"\\u202eturned\":\"a\\u0000b\\u2028c\\ud83d\\ude00\"}";

    static Stream<String> mappers() {
        return MAPPERS.keySet().stream().sorted();
    }

    static Stream<IMSessionNotification> notifications() {
        return Stream.concat(
                Stream.of("state-change.json", "log-update.json", "attached-data-changed.json", "completed.json",
                        "full.json", "device-state-change.json").map(file -> Samples.JSON.read(Samples.bytes(file))),
                Stream.of(Samples.stateChange(Samples.stateChangeOf("\"id\":\"7\"," + HARD)),
                        Samples.JSON.read("{\"messageType\":\"IMLogUpdateMessage\",\"broken\":" + "tru"),
                        new FeedGap("alice", Instant.EPOCH, Instant.ofEpochSecond(7, 12), FeedGap.Reason.SESSION_LOST,
                                FeedGap.Certainty.POSSIBLE, "a \"detail\"")));
    }

    static Stream<IMSessionRequest> requests() {
        return Stream.of(new Initiate("3002"), new Initiate("3002", Map.of("a", new BigDecimal("1.50")), "/devices/1"),
                new SendMessage("7", "Hi\u2028"), new SendMessage("", "", "3002", "/devices/1"),
                new AttachUserData("7", Map.of("a", List.of(1, "b"))), new UpdateUserData("7", Map.of()),
                new DeleteUserData("7", "a"), new Complete("7"), new GetSession("7"), new ListSessions(),
                new ListDevices());
    }

    /** What a program of a user may have. */
    record Envelope(String note, IMSessionNotification event, List<IMSessionNotification> before, IMSession session) {
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void anyMapperWritesTheCanonicalJson(String mapper) throws Exception {
        ObjectMapper json = MAPPERS.get(mapper);
        for (IMSessionNotification each : notifications().toList()) {
            String canonical = Samples.JSON.write(each);
            assertThat(json.writeValueAsString(each)).isEqualTo(canonical);
            // of bytes Jackson 2 makes two escapes for a character beyond U+FFFF
            assertThat(PLAIN.readTree(json.writeValueAsBytes(each))).hasToString(PLAIN.readTree(canonical).toString());
            assertThat(PLAIN.readTree(json.writerWithDefaultPrettyPrinter().writeValueAsString(each)))
                    .isEqualTo(PLAIN.readTree(canonical));
            assertThat(json.writerWithDefaultPrettyPrinter().writeValueAsString(each)).contains(System.lineSeparator());
        }
    }

    @Test
    void treesAndMapsAreThoseOfTheCanonicalJson() {
        ObjectMapper exact = JsonMapper.builder().disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();
        for (IMSessionNotification each : notifications().toList()) {
            assertThat(exact.<JsonNode>valueToTree(each)).isEqualTo(Samples.JSON.toTree(each));
            assertThat(exact.convertValue(each, JsonNode.class)).isEqualTo(Samples.JSON.toTree(each));
            assertThat(PLAIN.convertValue(each, new TypeReference<Map<String, Object>>() { }))
                    .isEqualTo(Samples.JSON.toMap(each)).hasToString(Samples.JSON.toMap(each).toString());
        }
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void anyMapperReadsWhatItWrote(String mapper) throws Exception {
        ObjectMapper json = MAPPERS.get(mapper);
        for (IMSessionNotification each : notifications().toList()) {
            String text = json.writeValueAsString(each);
            IMSessionNotification same = Samples.JSON.parse(Samples.JSON.toMap(each));

            assertThat(json.readValue(text, IMSessionNotification.class)).isEqualTo(same);
            assertThat(json.readValue(new StringReader(text), each.getClass())).isEqualTo(same);
            assertThat(json.readValue(json.writeValueAsBytes(each), each.getClass())).isEqualTo(same);
            assertThat(PLAIN.convertValue(Samples.JSON.toMap(each), each.getClass())).isEqualTo(same);
            assertThat(json.convertValue(each, IMSessionNotification.class)).isEqualTo(same);
        }
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void theyAreReadAndWrittenInsideOtherThings(String mapper) throws Exception {
        ObjectMapper json = MAPPERS.get(mapper);
        List<IMSessionNotification> all = notifications()
                .map(each -> Samples.JSON.parse(Samples.JSON.toMap(each))).toList();
        IMSession session = ((IMSessionStateChangeMessage) all.get(0)).imSession();
        Envelope envelope = new Envelope("n", all.get(1), all, session);

        assertThat(json.readValue(json.writeValueAsString(envelope), Envelope.class)).isEqualTo(envelope);
        TypeReference<List<IMSessionNotification>> list = new TypeReference<>() { };
        assertThat(json.readValue(json.writerFor(list).writeValueAsString(all), list)).isEqualTo(all);
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void aSessionAndAPartyHaveTheJsonOfTheirPlaceInAStateChange(String mapper) throws Exception {
        ObjectMapper json = MAPPERS.get(mapper);
        IMSessionStateChangeMessage change = Samples.stateChange(Samples.text("full.json"));
        String session = json.writeValueAsString(change.imSession());
        String party = json.writeValueAsString(change.imSession().participants().get(0));

        assertThat(Samples.JSON.write(change)).contains("\"imSession\":" + session).contains("[" + party);
        assertThat(json.readValue(session, IMSession.class)).usingRecursiveComparison().ignoringFields("stateText")
                .isEqualTo(change.imSession());
        assertThat(json.writeValueAsString(json.readValue(session, IMSession.class))).isEqualTo(session);
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void requestsAreWrittenAndRead(String mapper) throws Exception {
        ObjectMapper json = MAPPERS.get(mapper);
        for (IMSessionRequest each : requests().toList()) {
            String text = json.writeValueAsString(each);
            assertThat(json.readValue(text, IMSessionRequest.class)).as(text).isEqualTo(each);
            assertThat(json.readValue(text, each.getClass())).isEqualTo(each);
        }
        assertThat(json.writeValueAsString(new SendMessage("7", "Hi")))
                .isEqualTo("{\"operation\":\"sendMessage\",\"sessionId\":\"7\",\"text\":\"Hi\"}");
        assertThat(json.readValue("{\"text\":\"Hi\",\"operation\":\"SendMessage\"}", IMSessionRequest.class))
                .isEqualTo(new SendMessage("", "Hi"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"operation\":\"sing\"}", "{\"operation\":7}", "[]", "\"complete\"",
        "{\"operation\":\"complete\",\"sesionId\":\"7\"}", "{\"operation\":\"sendMessage\"}",
        "{\"operation\":\"sendMessage\",\"text\":[\"Hi\"]}", "{\"operation\":\"attachUserData\",\"sessionId\":\"7\"}",
        "{\"operation\":\"listSessions\",\"sessionId\":\"7\"}", "{\"operation\":\"deleteUserData\",\"key\":null}"})
    void whatIsNoRequestIsRefused(String json) {
        assertThatThrownBy(() -> PLAIN.readValue(json, IMSessionRequest.class))
                .isInstanceOf(MismatchedInputException.class).hasMessageContaining("IMSessionRequest");
    }

    @Test
    void aRequestThatIsRefusedSaysWhatItMayHave() {
        assertThatThrownBy(() -> PLAIN.readValue("{\"operation\":\"complete\",\"sesionId\":\"7\"}",
                IMSessionRequest.class)).hasMessageContaining("complete").hasMessageContaining("operation, sessionId");
    }

    @ParameterizedTest
    @ValueSource(classes = {IMLogUpdateMessage.class, FeedGap.class, UnknownMessage.class})
    void anotherTypeThanAskedForIsRefused(Class<?> type) {
        assertThatThrownBy(() -> PLAIN.readValue(Samples.text("state-change.json"), type))
                .isInstanceOf(MismatchedInputException.class).hasMessageContaining(type.getSimpleName())
                .hasMessageContaining("IMSessionStateChangeMessage");
    }

    /** The list of the manual is what is left: here the mapper has done it before we are asked. */
    @ParameterizedTest
    @ValueSource(strings = {
        "{\"messageType\":\"IMLogUpdateMessage\",\"imSessionPath\":\"/im-sessions/7\",\"message\":\"a\","
                + "\"message\":\"SECRET\"}",
        "{\"messageType\":\"IMLogUpdateMessage\",\"imSessionPath\":\"/im-sessions/7\",\"message\":\"SECRET\\ud800\"}",
        "{\"messageType\":\"FeedGap\",\"agent\":\"SECRET\",\"from\":\"SECRET\"}", "[\"SECRET\"]", "\"SECRET\"", "7",
        "{\"SECRET\":{\"messageType\":7}}", "{\"messageType\":\"SECRET\",\"SECRET\":1,\"SECRET\":2}"})
    void whatOurParserRefusesAnyMapperRefusesAndQuotesNothing(String json) {
        assertThatThrownBy(() -> Samples.JSON.parse(json)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> PLAIN.readValue(json, IMSessionNotification.class))
                .isInstanceOf(MismatchedInputException.class)
                .satisfies(e -> assertThat(e.toString()).doesNotContain("SECRET"));
    }

    @Test
    void theLimitsAreTheSame() {
        String members = "{\"messageType\":\"T\",\"a\":[" + "1,".repeat(JsonLimits.DEFAULT.maxMembers()) + "1]}";
        String deep = "{\"messageType\":\"T\",\"a\":" + "[".repeat(70) + "]".repeat(70) + "}";
        String large = "{\"messageType\":\"T\",\"a\":\"" + "x".repeat(JsonLimits.DEFAULT.maxTextLength()) + "\"}";
        for (String json : List.of(members, deep, large)) {
            assertThatThrownBy(() -> PLAIN.readValue(json, IMSessionNotification.class))
                    .isInstanceOf(MismatchedInputException.class);
        }
    }

    @Test
    void whatAMapperIsAllowedToReadIsReadAndANumberThatIsNoneIsNot() throws Exception {
        ObjectMapper lax = JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
        assertThat(lax.readValue("/* c */ {'messageType':'T','a':1.10}", IMSessionNotification.class))
                .isEqualTo(new UnknownMessage("T", "", "",
                        Map.of("messageType", "T", "a", new BigDecimal("1.10")), ""));
        assertThatThrownBy(() -> lax.readValue("{'messageType':'T','a':NaN}", IMSessionNotification.class))
                .isInstanceOf(MismatchedInputException.class);
    }

    @Test
    void whatStandsBehindTheValueIsForTheMapperToRefuse() throws Exception {
        String json = "{\"messageType\":\"T\"} and more";
        assertThatThrownBy(() -> Samples.JSON.parse(json)).isInstanceOf(MalformedMessageException.class);
        assertThat(PLAIN.readValue(json, IMSessionNotification.class)).isInstanceOf(UnknownMessage.class);
        ObjectMapper strict = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        assertThatThrownBy(() -> strict.readValue(json, IMSessionNotification.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    /** In a tree that a program made, or a format that knows more than JSON does. */
    @Test
    void anObjectThatIsNoJsonIsRefused() {
        ObjectNode tree = PLAIN.createObjectNode().put("messageType", "T").putPOJO("a", new Object());
        assertThatThrownBy(() -> PLAIN.treeToValue(tree, IMSessionNotification.class))
                .isInstanceOf(MismatchedInputException.class);
    }

    @Test
    void noneIsNone() throws Exception {
        assertThat(PLAIN.readValue("null", IMSessionNotification.class)).isNull();
        assertThat(PLAIN.readValue("{\"note\":null,\"event\":null}", Envelope.class).event()).isNull();
    }
}
