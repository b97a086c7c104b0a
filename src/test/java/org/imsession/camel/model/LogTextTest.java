package org.imsession.camel.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I13, I20: a text of others stays on its line of the log and shows what it is. */
class LogTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"\r\n2026-01-01 ERROR forged", "\n", "\u0000", "\u001b[2J", "\u007f", "\u0085", "\u009b2J",
        "\u2028", "\u2029", "\u202e", "\u2066", "\u200f", "\u200b", "\uFEFF", "\ud83d", "\ude00", "\udb40\udc41"})
    void nothingInvisibleReachesTheLog(String text) {
        assertThat(LogText.escape("agent " + text)).startsWith("agent \\u").doesNotContain(text)
                .matches("[ -~]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "DOMAIN\\alice", "\u00e9\u4e2d\u0627", "\ud83d\ude00", "a b", "${x}"})
    void whatPeopleCanReadStaysAsItIs(String text) {
        assertThat(LogText.escape(text)).isEqualTo(text);
    }

    @Test
    void anEscapeNamesTheCharacter() {
        assertThat(LogText.escape("a\r\nb")).isEqualTo("a\\u000d\\u000ab");
    }

    @Test
    void aLongTextIsCutAndSaysHowLongItWas() {
        assertThat(LogText.escape("x".repeat(1001))).isEqualTo("x".repeat(1000) + "... (1001 characters)");
        assertThat(LogText.escape("abcdef", 3)).isEqualTo("abc... (6 characters)");
        assertThat(LogText.escape("abc", 3)).isEqualTo("abc");
    }
}
