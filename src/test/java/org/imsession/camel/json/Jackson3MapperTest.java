package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.imsession.camel.conversation.Chat;
import org.imsession.camel.conversation.IMConversation;
import org.imsession.camel.json.AnyMapperTest.Envelope;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** A mapper of Jackson 3, that of Spring Boot 4, has the same JSON as one of Jackson 2, see {@link AnyMapperTest}. */
class Jackson3MapperTest {

    private static final ObjectMapper PLAIN = new JsonMapper();
    private static final Map<String, ObjectMapper> MAPPERS = Map.of(
            "plain", PLAIN,
            "as Jackson 2", JsonMapper.builderWithJackson2Defaults().build(),
            "sparing", JsonMapper.builder().changeDefaultPropertyInclusion(all ->
                    all.withValueInclusion(JsonInclude.Include.NON_EMPTY)).build(),
            "sorting", JsonMapper.builder().enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build(),
            "renaming", JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build(),
            "typing", JsonMapper.builder().activateDefaultTyping(BasicPolymorphicTypeValidator.builder()
                    .allowIfBaseType(Object.class).build(), DefaultTyping.NON_FINAL).build());

    static Stream<String> mappers() {
        return MAPPERS.keySet().stream().sorted();
    }

    private static List<IMSessionNotification> notifications() {
        return AnyMapperTest.notifications().toList();
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void anyMapperWritesTheCanonicalJson(String mapper) throws Exception {
        ObjectMapper json = MAPPERS.get(mapper);
        for (IMSessionNotification each : notifications()) {
            String canonical = Samples.JSON.write(each);
            assertThat(json.writeValueAsString(each)).isEqualTo(canonical);
            String bytes = new String(json.writeValueAsBytes(each), StandardCharsets.UTF_8);
            // with the defaults of Jackson 2, two escapes for a character beyond U+FFFF
            assertThat(bytes.replace("\\uD83D\\uDE00", "\ud83d\ude00")).isEqualTo(canonical);
            String pretty = json.writerWithDefaultPrettyPrinter().writeValueAsString(each);
            assertThat(PLAIN.readTree(pretty)).isEqualTo(PLAIN.readTree(canonical));
            assertThat(pretty).contains("\n");
        }
    }

    @Test
    void treesAndMapsAreThoseOfTheCanonicalJson() {
        for (IMSessionNotification each : notifications()) {
            assertThat(PLAIN.<tools.jackson.databind.JsonNode>valueToTree(each))
                    .isEqualTo(PLAIN.valueToTree(Samples.JSON.toMap(each)));
            assertThat(PLAIN.convertValue(each, new TypeReference<Map<String, Object>>() { }))
                    .isEqualTo(Samples.JSON.toMap(each)).hasToString(Samples.JSON.toMap(each).toString());
        }
    }

    /** Every number that a program may put in, and a tree of the other Jackson. */
    @Test
    void theValuesOfAProgramAreWrittenAsByJackson2() throws Exception {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("numbers", List.of((byte) 1, (short) 2, 3, 4L, 1.5f, 2.5d, 1e300, new BigInteger("9".repeat(40)),
                new BigDecimal("1.500"), new BigDecimal("1E+400")));
        JsonNode tree = Samples.JSON.toTree(notifications().get(0));
        values.put("tree", tree);
        IMSessionNotification event = new IMLogUpdateMessage(
                Samples.logUpdate(Samples.logUpdateOf("\"Hi\"")).notificationType(), "NewMessage",
                "/im-sessions/7", "Hi", values, "");
        assertThat(PLAIN.writeValueAsString(event)).isEqualTo(Samples.JSON.write(event));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void anyMapperReadsWhatItWrote(String mapper) {
        ObjectMapper json = MAPPERS.get(mapper);
        for (IMSessionNotification each : notifications()) {
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
    void theyAreReadAndWrittenInsideOtherThings(String mapper) {
        ObjectMapper json = MAPPERS.get(mapper);
        List<IMSessionNotification> all = AnyMapperTest.notifications()
                .map(each -> Samples.JSON.parse(Samples.JSON.toMap(each))).toList();
        IMSession session = ((IMSessionStateChangeMessage) all.get(0)).imSession();
        Envelope envelope = new Envelope("n", all.get(1), all, session);

        assertThat(json.readValue(json.writeValueAsString(envelope), Envelope.class)).isEqualTo(envelope);
        TypeReference<List<IMSessionNotification>> list = new TypeReference<>() { };
        assertThat(json.readValue(json.writerFor(list).writeValueAsString(all), list)).isEqualTo(all);
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void sessionsPartiesRequestsAndConversationsToo(String mapper) throws Exception {
        ObjectMapper json = MAPPERS.get(mapper);
        com.fasterxml.jackson.databind.ObjectMapper other = new com.fasterxml.jackson.databind.ObjectMapper();
        IMSession session = Samples.stateChange(Samples.text("full.json")).imSession();
        IMConversation told = Chat.whole().data(Map.of("favColor", "blue", "n", 17L)).state("Talking").built();
        Stream<Object> values = Stream.concat(AnyMapperTest.requests(),
                Stream.of(session.participants().get(0), told));
        for (Object each : values.toList()) {
            String text = json.writeValueAsString(each);
            assertThat(text).isEqualTo(other.writeValueAsString(each));
            Class<?> type = each.getClass();
            assertThat((Object) json.readValue(text, type)).isEqualTo(each);
            assertThat((Object) json.convertValue(each, type)).isEqualTo(each);
        }
        assertThat(json.writeValueAsString(session)).isEqualTo(other.writeValueAsString(session));
        assertThat(json.readValue(json.writeValueAsString(session), IMSession.class)).usingRecursiveComparison()
                .ignoringFields("stateText").isEqualTo(session);
        assertThat(json.readValue("{\"text\":\"Hi\",\"operation\":\"SendMessage\"}", IMSessionRequest.class))
                .isEqualTo(new IMSessionRequest.SendMessage("", "Hi"));
    }

    @ParameterizedTest
    @ValueSource(classes = {IMLogUpdateMessage.class, FeedGap.class, UnknownMessage.class})
    void anotherTypeThanAskedForIsRefused(Class<?> type) {
        assertThatThrownBy(() -> PLAIN.readValue(Samples.text("state-change.json"), type))
                .isInstanceOf(MismatchedInputException.class).hasMessageContaining(type.getSimpleName())
                .hasMessageContaining("IMSessionStateChangeMessage");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"messageType\":\"IMLogUpdateMessage\",\"imSessionPath\":\"/im-sessions/7\",\"message\":\"a\","
                + "\"message\":\"SECRET\"}",
        "{\"messageType\":\"IMLogUpdateMessage\",\"imSessionPath\":\"/im-sessions/7\",\"message\":\"SECRET\\ud800\"}",
        "{\"messageType\":\"FeedGap\",\"agent\":\"SECRET\",\"from\":\"SECRET\"}", "[\"SECRET\"]", "\"SECRET\"", "7",
        "{\"SECRET\":{\"messageType\":7}}"})
    void whatOurParserRefusesAnyMapperRefusesAndQuotesNothing(String json) {
        for (Class<?> type : List.of(IMSessionNotification.class, IMSessionRequest.class, IMConversation.class)) {
            assertThatThrownBy(() -> PLAIN.readValue(json, type)).isInstanceOf(MismatchedInputException.class)
                    .hasMessageContaining(type.getSimpleName())
                    .satisfies(e -> assertThat(e.toString()).doesNotContain("SECRET"));
        }
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
    void whatAMapperIsAllowedToReadIsReadAndANumberThatIsNoneIsNot() {
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
    void anObjectThatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> PLAIN.treeToValue(PLAIN.createObjectNode().put("messageType", "T")
                .putPOJO("a", new Object()), IMSessionNotification.class))
                .isInstanceOf(MismatchedInputException.class);
    }

    @Test
    void noneIsNone() {
        assertThat(PLAIN.readValue("null", IMSessionNotification.class)).isNull();
        assertThat(PLAIN.readValue("{\"note\":null,\"event\":null}", Envelope.class).event()).isNull();
    }
}
