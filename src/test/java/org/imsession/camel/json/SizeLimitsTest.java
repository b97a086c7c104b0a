package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I09, I10, I15: length, nesting and members are bounded, and what is over a bound is delivered as unknown. */
class SizeLimitsTest {

    @Test
    void aMessageOver50MiBIsRejectedWithItsText() {
        String json = Samples.logUpdateOf("\"" + "x".repeat(50 << 20) + "\"");
        UnknownMessage message = Samples.unknown(json);

        assertThat(message.reason()).isEqualTo("longer than the 8388608 characters allowed");
        assertThat(message.content()).isEmpty();
        assertThat(message.raw()).isEqualTo(json);
    }

    @Test
    void aStreamIsNotReadBeyondTheLimit() throws IOException {
        IMSessionJson json = new IMSessionJson(new JsonLimits(8, 1000, 100, 100));
        try (InputStream endless = new ByteArrayInputStream(new byte[1_000_000])) {
            assertThatThrownBy(() -> json.parse(endless, StandardCharsets.UTF_8))
                    .isInstanceOf(MalformedMessageException.class).hasMessageStartingWith("longer than the 1000");
            assertThat(endless.available()).isGreaterThan(990_000);
        }
        try (Reader endless = new StringReader(" ".repeat(1_000_000))) {
            assertThatThrownBy(() -> json.parse(endless))
                    .isInstanceOf(MalformedMessageException.class).hasMessageStartingWith("longer than the 1000");
            assertThat(endless.skip(1_000_000)).isGreaterThan(900_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void aHundredThousandLevelsDoNotCostTheThread(String level) {
        UnknownMessage message = Samples.unknown(Samples.logUpdateOf(level.repeat(100_000)));

        assertThat(message.reason()).endsWith("nested deeper than the 64 levels allowed");
        assertThat(message.messageType()).isEqualTo("IMLogUpdateMessage");
        assertThat(message.sessionId()).isEqualTo("007MDF");
    }

    @Test
    void nestingUpToTheLimitPasses() {
        assertThat(Samples.logUpdate(Samples.logUpdateOf("[".repeat(63) + "]".repeat(63))).message()).hasSize(126);
        assertThat(Samples.unknown(Samples.logUpdateOf("[".repeat(64) + "]".repeat(64))).reason())
                .startsWith("message").endsWith("nested deeper than the 64 levels allowed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "participants | [%s] | {\"digits\":\"3002\"}",
        "capabilities | [%s] | \"Complete\"",
    })
    void tenThousandElementsAreTooMany(String member, String array, String element) {
        String elements = String.join(",", Collections.nCopies(10_000, element));
        UnknownMessage message = Samples.unknown(
                Samples.stateChangeOf("\"id\":\"7\",\"" + member + "\":" + array.formatted(elements)));

        assertThat(message.reason()).startsWith("imSession." + member + "[")
                .contains("more than 10000 members and elements");
        assertThat(message.sessionId()).isEqualTo("7");
    }

    @Test
    void tenThousandAttachedDataAreTooMany() {
        StringBuilder userData = new StringBuilder("\"k\":0");
        for (int i = 0; i < 10_000; i++) {
            userData.append(",\"k").append(i).append("\":").append(i);
        }

        assertThat(Samples.unknown(Samples.stateChangeOf("\"id\":\"7\",\"userData\":{" + userData + "}")).reason())
                .isEqualTo("imSession.userData.*: more than 10000 members and elements in one text");
    }

    @Test
    void theLimitOfMembersCountsAllLevelsTogether() {
        JsonLimits seven = new JsonLimits(64, 10_000, 7, 100);
        String json = Samples.stateChangeOf("\"id\":\"7\",\"capabilities\":[%s]");

        assertThat(new IMSessionJson(seven).read(json.formatted("\"a\",\"b\"")))
                .isNotInstanceOf(UnknownMessage.class);
        assertThat(new IMSessionJson(seven).read(json.formatted("\"a\",\"b\",\"c\"")))
                .isInstanceOf(UnknownMessage.class);
    }

    @Test
    void aNumberHasAThousandDigitsAtMost() {
        assertThat(Samples.stateChange(Samples.stateChangeOf("\"id\":" + "9".repeat(1000))).sessionId()).hasSize(1000);
        assertThat(Samples.unknown(Samples.stateChangeOf("\"id\":" + "9".repeat(1001))).reason())
                .startsWith("imSession.id: a number or a name is too long");
    }

    @ParameterizedTest
    @CsvSource({"0,1,1,1", "201,1,1,1", "1,0,1,1", "1,1,0,1", "1,1,1,0"})
    void aLimitOutOfItsRangeIsRefused(int depth, int length, int members, int digits) {
        assertThatThrownBy(() -> new JsonLimits(depth, length, members, digits))
                .isInstanceOf(IllegalArgumentException.class).hasMessageMatching("max.* is .*, it must be .*");
    }
}
