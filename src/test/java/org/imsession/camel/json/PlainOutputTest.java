package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.imsession.camel.json.ValueWriter.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written without Jackson is what its generator writes, to the character. */
class PlainOutputTest {

    private static final String EACH_CHARACTER = IntStream.rangeClosed(0, 0x10ffff)
            .filter(point -> point < 0xd800 || point > 0xdfff).filter(point -> point < 0x11000 || point % 251 == 0)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();

    private static String byJackson(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactoryBuilder().characterEscapes(new InvisibleEscapes()).build()
                .createGenerator(text)) {
            content.write(new ValueWriter(generator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void assertSame(Map<?, ?> object) throws IOException {
        assertThat(PlainOutput.text(out -> out.object(object))).isEqualTo(byJackson(out -> out.object(object)));
    }

    @Test
    void eachCharacterInATextAndInAName() throws IOException {
        assertSame(Map.of("all", EACH_CHARACTER));
        assertSame(Map.of(EACH_CHARACTER, 1));
        for (int unit = 0; unit < 0x300; unit++) {
            assertSame(Map.of("x" + (char) unit + "y", "x" + (char) unit));
        }
    }

    @Test
    void eachValueInItsPlace() throws IOException {
        List<Object> values = new ArrayList<>(Arrays.asList(null, true, false, "", "a", 0, -1, Integer.MIN_VALUE,
                Long.MAX_VALUE, Long.MIN_VALUE, (short) -7, (byte) 7, 4.5, -0.0, 1e300, 0.1f, new BigInteger("-6"),
                new BigDecimal("1E+30"), new BigDecimal("7.00"), Map.of(), List.of(), new StringBuilder("text")));
        values.add(List.of(List.of(1), Map.of("id", List.of()), Map.of("a", Map.of("path", 1))));
        assertSame(Map.of("userData", values));
        for (Object value : values) {
            assertSame(Map.of("x", Arrays.asList(value, 1, value)));
        }
    }

    /** The buffer grows, is too large to be kept, and is used again. */
    @Test
    void aTextOfAnyLength() throws IOException {
        for (int length : new int[] {0, 1, 2040, 2041, 2042, 2043, 2044, 2045, 2046, 2047, 2048, 16_384, 100_000, 3}) {
            assertSame(Map.of("a", "b".repeat(length)));
            assertSame(Map.of("b".repeat(length), List.of("a", 1)));
            assertSame(Map.of("a", "\n".repeat(length)));
            assertSame(Map.of("a", "\u4f60".repeat(length)));
            assertSame(Map.of("a", List.of("b".repeat(length), Map.of("id", true))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "x\ud83d", "\ud83dx", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void halfASurrogatePairIsRefused(String half) {
        assertThatThrownBy(() -> PlainOutput.text(out -> out.object(Map.of("a", half))))
                .isInstanceOf(Rejection.class).hasMessage(WireText.BROKEN_PAIR);
        assertThatThrownBy(() -> PlainOutput.text(out -> out.object(Map.of(half, "a"))))
                .isInstanceOf(Rejection.class).hasMessage(WireText.BROKEN_PAIR);
    }

    /** A map of a program may do as it likes while it is asked for its members. */
    @Test
    void aTextIsWrittenWhileAnotherIs() throws IOException {
        CharSequence asks = new CharSequence() {
            @Override
            public int length() {
                return 0;
            }

            @Override
            public char charAt(int index) {
                throw new IndexOutOfBoundsException(index);
            }

            @Override
            public CharSequence subSequence(int start, int end) {
                return this;
            }

            @Override
            public String toString() {
                return Samples.JSON.write(Samples.JSON.read("{\"messageType\":\"T\",\"a\":[1]}"));
            }
        };
        assertSame(Map.of()); // which leaves a buffer behind
        assertSame(Map.of("text", List.of("before", asks, "behind")));
    }
}
