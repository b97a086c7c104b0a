package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** I06: a {@code message} that is no text is not lost. */
class MessageShapesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"Hello\"                        | Hello",
        "{\"text\":\"Hello\"}             | Hello",
        "{\"message\":\"Hello\",\"n\":1}  | Hello",
        "{\"text\":5,\"message\":\"Hi\"}  | Hi",
        "{\"body\" : [\"Hello\" ]}        | {\"body\" : [\"Hello\" ]}",
        "[\"Hello\", 1.50]                | [\"Hello\", 1.50]",
        "[]                               | []",
        "12345678901234567890.10          | 12345678901234567890.10",
        "true                             | true",
        "null                             | null",
    })
    void theTextInsideItOrItsJsonAsSent(String message, String text) {
        assertThat(Samples.logUpdate(Samples.logUpdateOf(message)).message()).isEqualTo(text);
        assertThat(Samples.logUpdate(Samples.logUpdateOf(" " + message + " ")).message()).isEqualTo(text);
    }

    @Test
    void theJsonOfALongTextIsFound() {
        String padding = "\"" + "\u00e9".repeat(100_000) + "\"";
        String json = Samples.logUpdateOf("{\"a\":1}").replace("{\"messageType\"",
                "{\"x\":" + padding + ",\"messageType\"");

        assertThat(Samples.logUpdate(json).message()).isEqualTo("{\"a\":1}");
    }
}
