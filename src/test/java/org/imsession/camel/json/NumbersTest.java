package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I14: no number is ever silently changed. */
class NumbersTest {

    @ParameterizedTest
    @ValueSource(strings = {"7", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890123456"})
    void aNumericIdKeepsAllItsDigits(String id) {
        IMSessionStateChangeMessage change = Samples.stateChange(Samples.stateChangeOf("\"id\":" + id));

        assertThat(change.sessionId()).isEqualTo(id);
        assertThat(Samples.stateChange(Samples.JSON.write(change)).sessionId()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2147483648", "9223372036854775808", "-123456789012345678901234567890", "1.50",
        "0.1", "0.10000000000000000000000000000000000001", "1E+400", "1E-400", "-0.0", "1E+2147483647"})
    void aNumberIsWrittenAsItWasSent(String number) {
        IMSessionStateChangeMessage change =
                Samples.stateChange(Samples.stateChangeOf("\"id\":\"7\",\"userData\":{\"n\":" + number + "}"));
        Object n = change.imSession().userData().get("n");

        assertThat(new BigDecimal(n.toString())).isEqualByComparingTo(new BigDecimal(number));
        assertThat(Samples.JSON.toTree(change).at("/imSession/userData/n").isNumber()).isTrue();
        String expected = number.equals("-0.0") ? "0.0" : number; // the same number, RFC 8259 knows no signed zero
        assertThat(Samples.JSON.write(change)).contains("\"n\":" + expected + "}");
        assertThat(Samples.JSON.toTree(change).toString()).contains("\"n\":" + expected + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e99999999999", "0x10", "1_000"})
    void whatCannotBeKeptExactlyIsRejected(String number) {
        UnknownMessage message =
                Samples.unknown(Samples.stateChangeOf("\"id\":\"7\",\"userData\":{\"n\":" + number + "}"));

        assertThat(message.reason()).startsWith("imSession.userData.*: ");
        assertThat(message.raw()).contains(number);
    }

    @Test
    void wholeNumbersAreOfTheSmallestTypeThatHoldsThem() {
        String json = "{\"messageType\":\"T\",\"a\":1,\"b\":2147483648,\"c\":9223372036854775808}";

        assertThat(Samples.unknown(json).content())
                .containsEntry("a", 1).containsEntry("b", 2147483648L)
                .containsEntry("c", new BigInteger("9223372036854775808"));
    }
}
