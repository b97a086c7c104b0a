package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I01: a message type that nobody documented is delivered whole. */
class UnknownTypeTest {

    @Test
    void anUndocumentedTypeArrivesWithItsContentAndItsText() {
        String json = "{\"messageType\":\"TypingMessage\",\"imSession\":{\"id\":\"007\",\"typing\":true},\"n\":1}";
        UnknownMessage message = Samples.unknown(json);

        assertThat(message).isEqualTo(new UnknownMessage("TypingMessage", "007", "",
                Map.of("messageType", "TypingMessage", "imSession", Map.of("id", "007", "typing", true), "n", 1),
                json));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"imSession\":{\"id\":\"007\"},\"messageType\":\"TypingMessage\"}",
        "{\"imSession\":{\"nobody\":\"knows\"},\"messageType\":\"TypingMessage\",\"imSessionPath\":\"/x/007\"}",
        "{\"imSession\":5,\"messageType\":\"TypingMessage\"}",
        "{\"imSession\":{\"participants\":{}},\"messageType\":\"TypingMessage\"}",
    })
    void whatItPutsUnderDocumentedNamesIsItsOwnBusiness(String json) {
        UnknownMessage message = Samples.unknown(json);

        assertThat(message.reason()).isEmpty();
        assertThat(message.messageType()).isEqualTo("TypingMessage");
        assertThat(message.content()).containsKey("imSession");
        assertThat(message.content().get("imSession")).isNotInstanceOf(Record.class);
    }

    @Test
    void aMessageOfAnotherTopicIsUnknownToo() {
        UnknownMessage message = Samples.unknown(Samples.text("device-state-change.json"));

        assertThat(message.messageType()).isEqualTo("DeviceStateChangeMessage");
        assertThat(message.sessionId()).isEmpty();
        assertThat(message.reason()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FeedGap", "UnknownMessage"})
    void aServerCannotPassOffAMessageAsOneOfOurs(String type) {
        UnknownMessage message = Samples.unknown("{\"messageType\":\"" + type + "\",\"agent\":\"a\",\"detail\":\"d\","
                + "\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:01Z\",\"reason\":\"SESSION_LOST\","
                + "\"certainty\":\"CERTAIN\",\"raw\":\"\"}");

        assertThat(message.messageType()).isEqualTo(type);
        assertThat(message.reason()).isEmpty();
        assertThat(message.content()).containsEntry("agent", "a");
    }
}
