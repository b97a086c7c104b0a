package org.imsession.camel.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imsession.camel.bayeux.SessionPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows F43 and F44: whatever happens to what is kept, it is found out, and it gives no secret away. */
class SavedPositionTest {

    private static final SavedPosition SAVED = new SavedPosition("alice", "gws:8090",
            new SessionPosition("secret-client-id", "name", 12, 3456, Instant.parse("2026-11-22T10:00:00.5Z")),
            cookies(), List.of(new RouteMark("route \"a\"", Instant.parse("2026-11-22T09:00:00Z"), true),
                    new RouteMark("route b", Instant.parse("2026-11-22T10:00:01Z"), false)), 7);

    private static Map<String, String> cookies() {
        Map<String, String> cookies = new LinkedHashMap<>();
        cookies.put("JSESSIONID", "secret-session");
        cookies.put("BAYEUX_BROWSER", "secret-browser");
        return cookies;
    }

    @Test
    void whatIsKeptIsFoundAgain() {
        assertThat(SavedPosition.decode(SAVED.encode(), "alice", "gws:8090")).isEqualTo(SAVED);
        assertThat(SAVED.encode()).as("one line").doesNotContain("\n");
    }

    @Test
    void tornAtAnyCharacterItIsRefused() {
        String text = SAVED.encode();
        for (int length = 0; length < text.length(); length++) {
            String torn = text.substring(0, length);
            assertThatThrownBy(() -> SavedPosition.decode(torn, "alice", "gws:8090"))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("secret");
        }
    }

    @Test
    void withAnyBitFlippedItIsRefused() {
        String text = SAVED.encode();
        for (int at = 0; at < text.length(); at++) {
            for (int bit = 0; bit < 8; bit++) {
                StringBuilder flipped = new StringBuilder(text);
                flipped.setCharAt(at, (char) (text.charAt(at) ^ 1 << bit));
                assertThatThrownBy(() -> SavedPosition.decode(flipped.toString(), "alice", "gws:8090"))
                        .as("bit %d of character %d", bit, at).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void thePositionOfAnotherAgentOrServerIsRefused() {
        assertThatThrownBy(() -> SavedPosition.decode(SAVED.encode(), "bob", "gws:8090"))
                .hasMessageContaining("another agent");
        assertThatThrownBy(() -> SavedPosition.decode(SAVED.encode(), "alice", "other:8090"))
                .hasMessageContaining("another agent or server");
    }

    @Test
    void inWordsItHasNoSecret() {
        assertThat(SAVED.toString()).contains("alice", "batch 12").doesNotContain("secret");
        assertThat(SAVED.position().toString()).doesNotContain("secret");
    }

    /** What versions before this one have written, as they wrote it: they kept one moment for all routes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "format":2,"version":5,"session":"name",|"settled":"2026-11-22T10:00:00Z","owed":false|10:00:00|false|5|name
            "format":2,"version":5,"session":"name",|"settled":"2026-11-22T10:00:00Z","owed":true|10:00:00|true|5|name
            "session":"name",|"settled":"2026-11-22T10:00:00Z","untold":"+1000000000-12-31T23:59:59.999999999Z"|10:00:00|false|0|name
            "session":"name",|"settled":"2026-11-22T10:00:00Z","untold":"2026-11-22T09:00:00Z"|09:00:00|true|0|name
            """)
    void whatOlderVersionsKeptIsGoneOnWithByWhicheverRouteComes(String head, String tail, String since, boolean owed,
                                                              long version, String session) throws Exception {
        String json = "{" + head + "\"agent\":\"alice\",\"server\":\"gws:8090\",\"clientId\":\"id\",\"batch\":12,"
                + "\"end\":34," + tail + ",\"cookies\":[[\"a\",\"b\"]]}";
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
        SavedPosition saved = SavedPosition.decode(HexFormat.of().formatHex(digest, 0, 8) + " " + json, "alice", "gws:8090");
        Instant moment = Instant.parse("2026-11-22T" + since + "Z");
        assertThat(saved).isEqualTo(new SavedPosition("alice", "gws:8090", new SessionPosition("id", session, 12, 34, moment),
                Map.of("a", "b"), List.of(new RouteMark(RouteMark.ANYBODY, moment, owed)), version));
    }
}
