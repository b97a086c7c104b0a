package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.camel.model.IMLogUpdateMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I13, I19, I20, I21: any text passes unchanged, is one line of JSON, and is never looked into. */
class HostileTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t \n", "\u0000", "\u0007\u001b[31m", "\u009b31m", "\u202edlrow", "\u2028\u2029",
        "\r\n2026-01-01 ERROR forged", "${header.password}", "{{secret}}", "#bean:x", "\"}],{", "\\", "\\u0041",
        "\ud83d\ude00\ud83d\udc69\u200d\ud83d\udcbb", "\u0627\u0644\u0633\u0644\u0627\u0645", "=cmd()|' /C calc'!A0",
        "<script>", "\uFEFFx"})
    void aTextPassesUnchanged(String text) {
        IMLogUpdateMessage message = message(text);
        String json = Samples.JSON.write(message);

        assertThat(Samples.logUpdate(json).message()).isEqualTo(text);
        assertThat(Samples.JSON.toTree(message).get("message").textValue()).isEqualTo(text);
        assertThat(json).doesNotContainPattern("[\\p{Cntrl}\\x7f-\\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\uFEFF]");
        assertThat(json.lines()).hasSize(1);
        assertThat(message.toString().lines()).hasSize(1);
    }

    @Test
    void oneMebibyteOfTextPasses() {
        String text = "a\u00e9\u4e2d\ud83d\ude00".repeat((1 << 20) / 10);

        assertThat(Samples.logUpdate(Samples.JSON.write(message(text))).message()).isEqualTo(text);
    }

    @Test
    void oneMebibyteOfTextPassesEvenIfEachCharacterIsEscaped() {
        String text = "\u0000".repeat(1 << 20);

        assertThat(Samples.logUpdate(Samples.JSON.write(message(text))).message()).isEqualTo(text);
    }

    private static IMLogUpdateMessage message(String text) {
        IMLogUpdateMessage template = Samples.logUpdate(Samples.text("log-update.json"));
        return new IMLogUpdateMessage(template.notificationType(), template.notificationTypeText(),
                template.imSessionPath(), text, template.other(), "");
    }
}
