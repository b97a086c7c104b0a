package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.support.DefaultExchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.conversation.Chat;
import org.imsession.camel.conversation.IMConversation;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSessionNotification;
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
import org.imsession.camel.transformer.CloudEventsDataTypeTransformer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written fits the schemas in the jar, and a member that is written otherwise does not. */
class SchemasTest {

    private static final List<String> NAMES = Schemas.NAMES;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Whose members are anybody's. */
    private static final Set<String> OPEN = Set.of("userData", "content");
    private static final String FULL = Samples.stateChangeOf("\"id\":\"7\",\"state\":\"Talking\",\"path\":"
            + "\"/im-sessions/7\",\"uri\":\"https://gws.example.com/7\",\"participants\":[{\"digits\":\"3002\"}],"
            + "\"capabilities\":[\"Complete\"],\"userData\":{\"a\":1}");
    private static final IMSessionNotification GAP = new FeedGap("alice", Chat.BEGUN, Chat.BEGUN.plusMillis(12345),
            FeedGap.Reason.SESSION_LOST, FeedGap.Certainty.POSSIBLE, "402");
    private static final IMSessionNotification BROKEN =
            Samples.JSON.read("{\"messageType\":\"IMLogUpdateMessage\",\"imSessionPath\":\"/im-sessions/7\"}");

    /** One of each, with all members that it can have. */
    private static Map<String, List<Object>> samples() {
        IMSessionStateChangeMessage change = Samples.stateChange(FULL);
        return new TreeMap<>(Map.of(
                "IMSession", List.of(change.imSession()),
                "IMSessionStateChangeMessage", List.of(change),
                "IMLogUpdateMessage", List.of(Samples.JSON.read(Samples.logUpdateOf("\"Hi\""))),
                "FeedGap", List.of(GAP),
                "UnknownMessage", List.of(BROKEN, Samples.JSON.read("{\"messageType\":\"Weather\"}")),
                "IMSessionNotification", List.of(GAP),
                "IMConversation", List.of(conversation()),
                "IMSessionRequest", List.of(new Initiate("3002", Map.of("a", 1), "/devices/1"),
                        new SendMessage("7", "Hi", "3002", "/devices/1"), new AttachUserData("7", Map.of("a", 1)),
                        new UpdateUserData("7", Map.of("a", 1)), new DeleteUserData("7", "a"), new Complete("7"),
                        new ListSessions(), new GetSession("7"), new ListDevices())));
    }

    private static IMConversation conversation() {
        return Chat.whole().says("alice", "inbound", "Hi").gap("alice", "2026-11-28T17:21:00Z", "2026-11-28T17:22:00Z")
                .built();
    }

    /** Schema and JSON of all samples, and of a CloudEvent around each notification. */
    private static Map<String, List<String>> written() throws Exception {
        Map<String, List<String>> written = new LinkedHashMap<>();
        for (Map.Entry<String, List<Object>> each : samples().entrySet()) {
            for (Object sample : each.getValue()) {
                String json = JSON.writeValueAsString(sample);
                written.computeIfAbsent(each.getKey(), name -> new ArrayList<>()).add(json);
                if (sample instanceof IMSessionNotification notification) {
                    written.computeIfAbsent("CloudEvent", name -> new ArrayList<>()).add(cloudEvent(notification));
                }
            }
        }
        return written;
    }

    private static String cloudEvent(IMSessionNotification notification) throws Exception {
        DefaultExchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(notification);
        exchange.getMessage().setHeader(IMSessionConstants.SEQUENCE, "a-1");
        exchange.getMessage().setHeader(IMSessionConstants.AGENT, "alice");
        exchange.getMessage().setHeader(IMSessionConstants.SERVER_URL, "https://gws.example.com");
        new CloudEventsDataTypeTransformer().transform(exchange.getMessage(), DataType.ANY, DataType.ANY);
        return new String((byte[]) exchange.getMessage().getBody(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void eachIsASchemaOf2020Dash12WithTheIdThatItsNameSays(String name) {
        assertThat(Schemas.errorsOfSchema(name)).isEmpty();
        assertThat(Schemas.tree(name).path("$schema").asText())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(Schemas.tree(name).path("$id").asText()).isEqualTo(Schemas.ID + name);
    }

    @Test
    void whatIsWrittenFits() throws Exception {
        written().forEach((schema, all) -> all.forEach(json -> assertThat(Schemas.errors(schema, json)).as(json)
                .isEmpty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state-change.json", "log-update.json", "attached-data-changed.json", "completed.json",
        "full.json", "device-state-change.json"})
    void eachFixtureFitsAsItIsWritten(String file) throws Exception {
        IMSessionNotification notification = Samples.JSON.read(Samples.bytes(file));
        assertThat(Schemas.errors("IMSessionNotification", Samples.JSON.write(notification))).isEmpty();
        assertThat(Schemas.errors("CloudEvent", cloudEvent(notification))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/documented/state-change.json", "/documented/message.json"})
    void whatIsDocumentedFitsAsItIsSent(String file) throws Exception {
        try (var in = SchemasTest.class.getResourceAsStream(file)) {
            assertThat(Schemas.errors("IMSessionNotification", JSON.readTree(in).toString())).isEmpty();
        }
    }

    @Test
    void aMemberOfAnotherTypeIsRefused() throws Exception {
        List<String> taken = new ArrayList<>();
        for (Map.Entry<String, List<String>> each : written().entrySet()) {
            for (String json : each.getValue()) {
                mutate(JSON.readTree(json), JSON.readTree(json), each.getKey(), "", taken);
            }
        }
        assertThat(taken).isEmpty();
    }

    /** Makes each member of the object at that place another one, and notes what the schema takes none the less. */
    private void mutate(JsonNode whole, JsonNode at, String schema, String place, List<String> taken) {
        at.properties().forEach(member -> {
            String pointer = place + "/" + member.getKey();
            ObjectNode wrong = whole.deepCopy();
            ObjectNode holder = (ObjectNode) wrong.at(place);
            if (member.getValue().isTextual()) {
                holder.put(member.getKey(), 7);
            } else {
                holder.put(member.getKey(), "7");
            }
            if (Schemas.errors(schema, wrong.toString()).isEmpty()) {
                taken.add(schema + pointer + " of another type");
            }
            if (!OPEN.contains(member.getKey())) {
                if (member.getValue().isObject()) {
                    mutate(whole, member.getValue(), schema, pointer, taken);
                }
                for (int i = 0; member.getValue().isArray() && i < member.getValue().size(); i++) {
                    mutate(whole, member.getValue().get(i), schema, pointer + "/" + i, taken);
                }
            }
        });
    }

    /** A member that comes or goes, or that must no longer be there, is a decision: see the manual, upgrading. */
    @ParameterizedTest
    @CsvSource(delimiter = ':', value = {
        "IMSession: id! state! path uri participants! capabilities! userData!",
        "IMSession participant: digits! e164Number! formattedPhoneNumber! phoneNumber!",
        "IMSessionStateChangeMessage: messageType! notificationType imSession!",
        "IMLogUpdateMessage: messageType! notificationType imSessionPath! message!",
        "FeedGap: messageType! agent! from! to! reason! certainty! detail!",
        "UnknownMessage UnknownMessage: messageType! sentMessageType sessionId reason! content raw!",
        "IMConversation: messageType! id! server! agent! sessionId! begun! ended! complete! incomplete! events!"
                + " parties! states! userData! texts! gaps!",
        "IMConversation state: at! state! origin! sequence!",
        "IMConversation text: at! direction! sender! sequence! text!",
        "IMSessionRequest initiate: operation! destination userData devicePath",
        "IMSessionRequest sendMessage: operation! sessionId text! destination devicePath",
        "IMSessionRequest attachUserData: operation! sessionId userData!",
        "IMSessionRequest updateUserData: operation! sessionId userData!",
        "IMSessionRequest deleteUserData: operation! sessionId key!",
        "IMSessionRequest complete: operation! sessionId", "IMSessionRequest listSessions: operation!",
        "IMSessionRequest getSession: operation! sessionId", "IMSessionRequest listDevices: operation!",
        "CloudEvent: specversion! id! source! type! subject time! datacontenttype! dataschema! data!"})
    void theMembersAreFrozen(String object, String members) {
        assertThat(Schemas.members(object.split(" ")[0]).get(object)).containsExactly(members.split(" "));
    }

    @Test
    void whatIsWrittenHasTheMembersOfTheSchemaInItsOrderAndNoOthers() throws Exception {
        List<List<String>> named = Schemas.NAMES.stream().flatMap(name -> Schemas.members(name).values().stream())
                .map(members -> members.stream().map(each -> each.replace("!", "")).toList()).toList();
        for (List<String> all : written().values()) {
            for (String json : all) {
                assertNamed(JSON.readTree(json), named);
            }
        }
    }

    private void assertNamed(JsonNode json, List<List<String>> named) {
        if (json.isObject() && !json.path("messageType").asText().equals("Weather")) {
            List<String> members = json.properties().stream().map(Map.Entry::getKey).toList();
            assertThat(named).as(json.toString()).anySatisfy(each -> assertThat(each.stream()
                    .filter(name -> members.contains(name) || !isOptional(name)).toList()).isEqualTo(members));
            json.properties().stream().filter(each -> !OPEN.contains(each.getKey()))
                    .forEach(each -> assertNamed(each.getValue(), named));
        } else if (json.isArray()) {
            json.forEach(each -> assertNamed(each, named));
        }
    }

    /** Not known in all samples: a gap has no session, and what was broken had no content. */
    private static boolean isOptional(String name) {
        return Set.of("subject", "content").contains(name);
    }

    @ParameterizedTest
    @MethodSource("enumerations")
    void theEnumerationsAreThoseOfTheClasses(String schema, String pointer, List<String> constants) {
        List<String> listed = new ArrayList<>();
        Schemas.tree(schema).at(pointer).forEach(each -> listed.add(each.asText()));
        assertThat(listed).isEqualTo(constants);
    }

    static Stream<Arguments> enumerations() {
        return Stream.of(of("FeedGap", "/properties/reason/enum", FeedGap.Reason.values()),
                of("FeedGap", "/properties/certainty/enum", FeedGap.Certainty.values()),
                of("IMConversation", "/properties/incomplete/items/enum", IMConversation.Reason.values()),
                of("IMConversation", "/$defs/text/properties/sender/enum", IMConversation.Sender.values()));
    }

    private static Arguments of(String schema, String pointer, Enum<?>[] constants) {
        return Arguments.of(schema, pointer,
                Arrays.stream(constants).map(Enum::name).toList());
    }
}
