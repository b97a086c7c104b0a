package org.imsession.camel.conversation.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.apache.camel.TypeConversionException;
import org.apache.camel.TypeConverter;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.conversation.Chat;
import org.imsession.camel.conversation.IMConversation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationConverterTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    @BeforeAll
    static void start() {
        CONTEXT.start();
    }

    @AfterAll
    static void stop() {
        CONTEXT.stop();
    }

    private static TypeConverter camel() {
        return CONTEXT.getTypeConverter();
    }

    private static IMConversation conversation() {
        return Chat.whole().data(Map.of("favColor", "blue", "n", 17L, "list", List.of("a", true)))
                .state("Talking").says("alice", "inbound", "emoji \ud83d\ude00 \u202e and \"quotes\"")
                .gap("alice", "2026-11-28T17:21:00Z", "2026-11-28T17:22:00Z").built();
    }

    @Test
    void theJsonIsTheSameAlwaysAndReadsBack() throws Exception {
        IMConversation told = conversation();
        String json = camel().mandatoryConvertTo(String.class, told);
        assertThat(camel().mandatoryConvertTo(String.class, conversation())).isEqualTo(json).doesNotContain("\n")
                .doesNotContain("\u202e");
        assertThat(camel().mandatoryConvertTo(IMConversation.class, json)).isEqualTo(told);
        assertThat(camel().mandatoryConvertTo(IMConversation.class, camel().mandatoryConvertTo(byte[].class, told)))
                .isEqualTo(told);
        assertThat(camel().mandatoryConvertTo(IMConversation.class, camel().mandatoryConvertTo(InputStream.class,
                told)))
                .isEqualTo(told);
        assertThat(camel().mandatoryConvertTo(IMConversation.class, camel().mandatoryConvertTo(Map.class, told)))
                .isEqualTo(told);
    }

    /** Of Jackson 2; that of Jackson 3 is in Jackson3MapperTest. */
    @Test
    void aMapperThatKnowsNothingOfUsWritesAndReadsTheSameJson() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        IMConversation told = conversation();
        String json = camel().mandatoryConvertTo(String.class, told);
        assertThat(mapper.writeValueAsString(told)).isEqualTo(json);
        assertThat(mapper.<JsonNode>valueToTree(told)).isEqualTo(mapper.readTree(json));
        assertThat(mapper.readValue(json, IMConversation.class)).isEqualTo(told);
        assertThat(mapper.convertValue(told, IMConversation.class)).isEqualTo(told);
        assertThat(mapper.readValue("[" + json + "]", IMConversation[].class)).containsExactly(told);
    }

    @Test
    void theMembersStandInTheDocumentedOrder() throws Exception {
        ObjectNode object = (ObjectNode) JSON.readTree(camel().mandatoryConvertTo(String.class, conversation()));
        assertThat(object.fieldNames()).toIterable().containsExactly("messageType", "id", "server", "agent",
                "sessionId",
                "begun", "ended", "complete", "incomplete", "events", "parties", "states", "userData", "texts", "gaps");
        assertThat(object.path("texts").path(0).fieldNames()).toIterable()
                .containsExactly("at", "direction", "sender", "sequence", "text");
        assertThat(object.path("states").path(0).fieldNames()).toIterable()
                .containsExactly("at", "state", "origin", "sequence");
        assertThat(object.path("texts").path(0).path("direction").asText()).isEqualTo("outbound");
        assertThat(object.path("texts").path(0).path("sender").asText()).isEqualTo("AGENT");
    }

    @Test
    void membersThatNobodyKnowsAreKept() throws Exception {
        ObjectNode object = (ObjectNode) JSON.readTree(camel().mandatoryConvertTo(String.class, conversation()));
        object.putObject("later").put("version", 2);
        ((ObjectNode) ((ArrayNode) object.path("texts")).get(0)).put("language", "en");
        ((ObjectNode) ((ArrayNode) object.path("states")).get(0)).put("cause", "x");
        ((ObjectNode) ((ArrayNode) object.path("parties")).get(0)).put("name", "Bob");
        IMConversation read = camel().mandatoryConvertTo(IMConversation.class, object.toString());
        assertThat(JSON.readTree(camel().mandatoryConvertTo(String.class, read))).isEqualTo(object);
    }

    @ParameterizedTest
    @ValueSource(strings = { "begun", "texts", "agent", "incomplete", "events", "messageType", "userData", "gaps" })
    void whatIsNoConversationIsRefusedWithThePlaceAndNotQuoted(String member) throws Exception {
        ObjectNode object = (ObjectNode) JSON.readTree(camel().mandatoryConvertTo(String.class, conversation()));
        object.put(member, "secret words");
        if (!member.equals("agent")) {
            assertThatThrownBy(() -> camel().mandatoryConvertTo(IMConversation.class, object.toString()))
                    .isInstanceOf(TypeConversionException.class).hasMessageContaining(member)
                    .hasMessageNotContaining("secret");
        }
        object.remove(member);
        assertThatThrownBy(() -> camel().mandatoryConvertTo(IMConversation.class, object.toString()))
                .isInstanceOf(TypeConversionException.class).hasMessageContaining(member);
    }

    @Test
    void aPlaceWithinIsNamed() throws Exception {
        ObjectNode object = (ObjectNode) JSON.readTree(camel().mandatoryConvertTo(String.class, conversation()));
        ((ObjectNode) ((ArrayNode) object.path("texts")).get(1)).put("at", "yesterday");
        assertThatThrownBy(() -> camel().mandatoryConvertTo(IMConversation.class, object.toString()))
                .hasMessageContaining("texts[1].at").hasMessageNotContaining("yesterday");
    }

    @Test
    void anotherTextThanJsonIsRefused() {
        assertThatThrownBy(() -> camel().mandatoryConvertTo(IMConversation.class, "secret words"))
                .isInstanceOf(TypeConversionException.class).hasMessageNotContaining("secret");
    }
}
