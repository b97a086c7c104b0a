package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.imsession.camel.model.FeedGap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A gap travels through files and queues like a message. */
class FeedGapJsonTest {

    @ParameterizedTest
    @EnumSource(FeedGap.Reason.class)
    void aGapIsWrittenAndReadBack(FeedGap.Reason reason) {
        FeedGap gap = gap(reason);

        assertThat(Samples.JSON.parse(Samples.JSON.write(gap))).isEqualTo(gap);
        assertThat(Samples.JSON.parse(Samples.JSON.toMap(gap))).isEqualTo(gap);
        assertThat(Samples.JSON.parse(Samples.JSON.toTree(gap))).isEqualTo(gap);
    }

    @Test
    void theFormOfAGapIsPlain() {
        assertThat(Samples.JSON.write(gap(FeedGap.Reason.SESSION_LOST))).isEqualTo("{\"messageType\":\"FeedGap\","
                + "\"agent\":\"alice\",\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:15.500Z\","
                + "\"reason\":\"SESSION_LOST\",\"certainty\":\"POSSIBLE\",\"detail\":\"402 from the server\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"agent\":\"alice\",          |                         | agent: missing",
        "2026-01-01T00:00:00Z          | yesterday               | from: expected a time such as",
        "SESSION_LOST                  | BORED                   | reason: expected one of the names of FeedGap.Reason",
        "\"POSSIBLE\"                  | 1                       | certainty: expected text, found a number",
    })
    void aBrokenOneNamesItsPlace(String from, String to, String reason) {
        String json = Samples.JSON.write(gap(FeedGap.Reason.SESSION_LOST)).replace(from, to == null ? "" : to);

        assertThatThrownBy(() -> Samples.JSON.parse(json))
                .isInstanceOf(MalformedMessageException.class).hasMessageStartingWith(reason);
    }

    private static FeedGap gap(FeedGap.Reason reason) {
        return new FeedGap("alice", Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:15.500Z"),
                reason, FeedGap.Certainty.POSSIBLE, "402 from the server");
    }
}
