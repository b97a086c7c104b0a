package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imsession.camel.bayeux.SessionPosition;
import org.junit.jupiter.api.Test;

/** Rows F43 and F44: whatever happens to what is kept, it is found out, and it gives no secret away. */
class SavedSessionTest {

    private static final SavedSession SAVED = new SavedSession("alice", "gws:8090",
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
        assertThat(SavedSession.decode(SAVED.encode(), "alice", "gws:8090")).isEqualTo(SAVED);
        assertThat(SAVED.encode()).as("one line").doesNotContain("\n");
    }

    @Test
    void tornAtAnyCharacterItIsRefused() {
        String text = SAVED.encode();
        for (int length = 0; length < text.length(); length++) {
            String torn = text.substring(0, length);
            assertThatThrownBy(() -> SavedSession.decode(torn, "alice", "gws:8090"))
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
                assertThatThrownBy(() -> SavedSession.decode(flipped.toString(), "alice", "gws:8090"))
                        .as("bit %d of character %d", bit, at).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void thatOfAnotherAgentOrServerIsRefused() {
        assertThatThrownBy(() -> SavedSession.decode(SAVED.encode(), "bob", "gws:8090"))
                .hasMessageContaining("another agent");
        assertThatThrownBy(() -> SavedSession.decode(SAVED.encode(), "alice", "other:8090"))
                .hasMessageContaining("another agent or server");
    }

    @Test
    void inWordsItHasNoSecret() {
        assertThat(SAVED.toString()).contains("alice", "batch 12").doesNotContain("secret");
        assertThat(SAVED.position().toString()).doesNotContain("secret");
    }
}
