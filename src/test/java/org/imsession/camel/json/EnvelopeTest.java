package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I02 and I03: the wrapper {@code data} present, absent or doubled, and nothing in it. */
class EnvelopeTest {

    private static final String DATA = Samples.logUpdateOf("\"Hello\"");

    @ParameterizedTest
    @ValueSource(strings = {
        "%s",
        "{\"data\":%s}",
        "{\"channel\":\"/v2/me/im-sessions\",\"data\":%s}",
        "{\"data\":%s,\"channel\":\"/v2/me/im-sessions\",\"ext\":{\"a\":[1]}}",
        "{\"data\":{\"channel\":\"/v2/me/im-sessions\",\"data\":%s}}",
    })
    void wrappersAreTakenOff(String wrapping) {
        assertThat(Samples.logUpdate(wrapping.formatted(DATA))).isEqualTo(Samples.logUpdate(DATA));
    }

    @Test
    void threeWrappersAreTooMany() {
        String json = "{\"data\":{\"data\":{\"data\":" + DATA + "}}}";
        UnknownMessage message = Samples.unknown(json);

        assertThat(message.reason()).isEqualTo("messageType: missing");
        assertThat(message.sessionId()).as("what can be read of it").isEqualTo("007MDF");
        assertThat(message.raw()).isEqualTo(json);
    }

    @Test
    void aMemberOfThatNameInsideAMessageIsNoWrapper() {
        String json = DATA.replace("\"message\":",
                "\"data\":" + Samples.stateChangeOf("\"id\":\"1\"") + ",\"message\":");

        assertThat(Samples.logUpdate(json).other()).containsOnlyKeys("data");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{}                                    | messageType: missing",
        "{\"channel\":\"/v2/me/im-sessions\"}  | messageType: missing",
        "{\"data\":{}}                         | messageType: missing",
        "{\"data\":null}                       | messageType: missing",
        "{\"messageType\":null}                | messageType: missing",
        "{\"messageType\":\"\"}                | messageType: missing",
        "{\"messageType\":7}                   | messageType: expected text, found a number",
        "[]                                    | expected an object, found an array",
        "null                                  | expected an object, found null",
        "\"text\"                              | expected an object, found text",
    })
    void withoutATypeItIsRejectedWithItsText(String json, String reason) {
        UnknownMessage message = Samples.unknown(json);

        assertThat(message.reason()).isEqualTo(reason);
        assertThat(message.raw()).isEqualTo(json);
    }
}
