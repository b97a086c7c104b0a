package org.imsession.camel.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without Jackson is read as Jackson reads it, and nothing is read that Jackson refuses. */
class PlainTextTest {

    private static final JsonText JSON = new JsonText(JsonLimits.DEFAULT);
    private static final String MESSAGE = "{\"imSession\":{\"capabilities\":[\"Complete\",\"SendMessage\"],"
            + "\"id\":\"007MDF3D0KAHL\",\"participants\":[{\"digits\":\"3002\",\"e164Number\":\"\"}],"
            + "\"path\":\"/im-sessions/007MDF3D0KAHL\",\"state\":\"Talking\",\"userData\":{\"Segment\":\"Gold\","
            + "\"Attempt\":3,\"At\":1769860800000,\"New\":true,\"Old\":false,\"None\":null,\"Two\\nlines\":"
            + "\"a\\\"b\"}},\"message\":\"Gr\u00fc\u00dfe \u4f60\u597d \ud83d\ude00 \\\"\\\\\\/\\n\","
            + "\"notificationType\":\"StatusChange\",\"messageType\":\"IMSessionStateChangeMessage\","
            + "\"numbers\":[0,7,2147483647,2147483648,999999999999999999,[],{}]}";
    private static final String BYTES = "{}[]\",:\\/0123456789.eE+-tfn ulasr\n\u0001\u00fc\u4f60";
    private static final int TEXTS = 20_000;

    private static Optional<Object> plain(String text) {
        TokenReader tokens = new TokenReader(new PlainTokens(text.getBytes(UTF_8), new KnownNames(),
                JsonLimits.DEFAULT), JsonLimits.DEFAULT.maxMembers());
        try {
            tokens.begin();
            Object value = Optional.ofNullable(tokens.value()).orElse("null");
            tokens.end();
            return Optional.of(value);
        } catch (IOException | PlainTokens.NotPlainException | Rejection e) {
            return Optional.empty();
        }
    }

    private static Object byJackson(String text) {
        return JSON.readOnce(text, tokens -> Optional.ofNullable(tokens.value()).orElse("null"));
    }

    private static String changed(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(changed.length());
            char other = BYTES.charAt(random.nextInt(BYTES.length()));
            switch (random.nextInt(4)) {
                case 0 -> changed.insert(at, other);
                case 1 -> changed.deleteCharAt(at);
                case 2 -> changed.setCharAt(at, other);
                default -> changed.setLength(Math.max(1, at));
            }
        }
        return changed.toString();
    }

    /** The classes of numbers, too: a record of a map knows 1 from 1L. */
    private static String told(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().map(each -> each.getKey() + "=" + told(each.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Iterable<?> list) {
            StringBuilder all = new StringBuilder("[");
            list.forEach(each -> all.append(told(each)).append(','));
            return all.append(']').toString();
        }
        return value == null ? "null" : value.getClass().getSimpleName() + ':' + value;
    }

    @Test
    void theMessagesOfAServerNeedNoJackson() {
        assertThat(plain(MESSAGE)).isEmpty(); // a name with an escape
        String usual = MESSAGE.replace("Two\\nlines", "Two lines");
        assertThat(plain(usual)).isPresent();
        assertThat(told(plain(usual).orElseThrow())).isEqualTo(told(byJackson(usual)));
        assertThat(plain(" {\t\"messageType\" :\r\n[ 1 , true ] } ")).isPresent();
    }

    @Test
    void whateverIsTakenIsTakenByJacksonAndIsTheSame() {
        Random random = new Random(20);
        String usual = MESSAGE.replace("Two\\nlines", "Two lines");
        int taken = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = new String(changed(usual, random).getBytes(UTF_8), UTF_8); // half a pair is no UTF-8
            Optional<Object> value = plain(text);
            if (value.isPresent()) {
                taken++;
                assertThat(told(value.get())).as(text).isEqualTo(told(byJackson(text)));
            }
        }
        assertThat(taken).isBetween(TEXTS / 20, TEXTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-0", "01", "1.0", "1e2", "1234567890123456789", "\"\\u0041\"", "\"\\x\"",
        "\"a\u0001\"", "[1,]", "{\"messageType\":1,}", "{\"messageType\" 1}", "{messageType:1}", "[1 2]", "truex",
        "nul", "", " ", "[", "{\"messageType\":1,\"messageType\":2}", "[1]]", "[1}", "1 1", "\"",
        "\"\\", "{\"messageType\":"})
    void whatIsNotPlainIsLeftToJackson(String text) {
        assertThat(plain(text)).isEmpty();
    }

    @Test
    void theLimitsHoldAsWithJackson() {
        JsonText strict = new JsonText(new JsonLimits(2, 100, 3, 4));
        assertThat(strict.<Object>read("[[1234]]", TokenReader::value).toString()).isEqualTo("[[1234]]");
        assertThatThrownBy(() -> strict.read("[12345]", TokenReader::value)).hasMessageContaining("4 digits");
        assertThatThrownBy(() -> strict.read("[[[1]]]", TokenReader::value)).hasMessageContaining("2 levels");
        assertThatThrownBy(() -> strict.read("[1,2,3,4]", TokenReader::value)).hasMessageContaining("more than 3");
        assertThatThrownBy(() -> strict.read("\"" + "a".repeat(99) + "\"", TokenReader::value))
                .hasMessageContaining("100 characters");
    }

    /** With many names, whose hashes meet, as with few. */
    @ParameterizedTest
    @ValueSource(ints = {2, 16, 17, 40, 300})
    void aNameThatComesTwiceIsFound(int names) {
        String members = IntStream.range(0, names).mapToObj(i -> "\"name" + i + "\":{\"name" + i + "\":" + i + "}")
                .collect(Collectors.joining(","));
        Map<?, ?> read = (Map<?, ?>) plain('{' + members + '}').orElseThrow();
        assertThat(read.keySet()).hasToString(IntStream.range(0, names).mapToObj(i -> "name" + i).toList().toString());
        for (int twice : new int[] {0, names / 2, names - 1}) {
            String text = '{' + members + ",\"name" + twice + "\":1}";
            assertThat(plain(text)).isEmpty();
            assertThatThrownBy(() -> byJackson(text)).hasMessageContaining("the same name twice");
        }
    }

    @Test
    void aNameTakesThePlaceOfAnotherAndIsItself() throws IOException {
        KnownNames few = new KnownNames();
        for (int i = 0; i < 5000; i++) {
            PlainTokens tokens = new PlainTokens(("{\"name" + i + "\":\"padding\"}").getBytes(UTF_8), few,
                    JsonLimits.DEFAULT);
            assertThat(tokens.next()).isEqualTo(JsonToken.START_OBJECT);
            assertThat(tokens.nextName()).isEqualTo("name" + i);
        }
    }
}
