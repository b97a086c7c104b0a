package org.imsession.camel.conversation.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.imsession.camel.conversation.Chat;
import org.imsession.camel.conversation.IMConversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptNameTest {

    private static final List<String> NAMES = List.of("alice", "Alice", "ALICE", "CON", "nul", "..", ".", "", " ",
            "alice ",
            "../../etc/passwd", "DOMAIN\\dave", "a/b", "C:x", "a\nb", "a\u0000b", "\u202ecod.exe", "m\u00fcller",
                    "mu\u0308ller",
            "\u5c71\u7530", "\ud83d\ude00", "x".repeat(300), "x".repeat(301), "-rf", "~", "a~b", "*?<>|\"", "%2e%2e",
                    "${body}");

    private static String name(String agent, String number, String session) {
        return TranscriptName.of(new IMConversation("https://gws", agent, session, List.of(Chat.party(number)),
                Chat.BEGUN,
                Chat.BEGUN, List.of(), Map.of(), List.of(), List.of(), List.of(), 1, Map.of()), ZoneId.of("UTC"));
    }

    @Test
    void anOrdinaryOneIsReadAtAGlance() {
        assertThat(name("alice", "5002", "007MDF3D0KAHL93L807GK2LAES00003B"))
                .isEqualTo("2026-11-28/17-20 alice - 5002 (003B)");
        assertThat(name("alice.miller@example.com", "+493012345", "007MDF3D0KAHL93L807GK2LAES00003B"))
                .isEqualTo("2026-11-28/17-20 alice.miller@example.com - +493012345 (003B)");
    }

    @Test
    void whateverItIsMadeOfItIsSafeOnEveryFileSystem(@TempDir Path folder) throws Exception {
        Set<String> seen = new HashSet<>();
        for (String each : NAMES) {
            for (String name : List.of(name(each, "5002", "007MDF3D0KAHL93L807GK2LAES00003B"),
                    name("bob", each.isBlank() ? each + "?" : each, "007MDF3D0KAHL93L807GK2LAES00003B"), name("carol",
                            "5002", each))) {
                assertThat(name).matches("2026-11-28/17-20 [A-Za-z0-9@._+~-]+ - [A-Za-z0-9@._+~-]+ \\([A-Za-z0-9]+\\)")
                        .hasSizeLessThan(150);
                assertThat(seen.add(name.toLowerCase(Locale.ROOT))).as("%s, of %s", name, each).isTrue();
                Path file = folder.resolve(name + ".txt").normalize();
                assertThat(file.getParent()).isEqualTo(folder.resolve("2026-11-28"));
                Files.createDirectories(file.getParent());
                Files.createFile(file);
            }
        }
    }

    @Test
    void theDayIsThatOfTheZone() {
        IMConversation late = Chat.of("S").at("2026-11-28T23:30:00Z").state("Talking").built();
        assertThat(TranscriptName.of(late, ZoneId.of("Europe/Berlin"))).startsWith("2026-11-29/00-30 ");
        assertThat(late.begun()).isEqualTo(Instant.parse("2026-11-28T23:30:00Z"));
    }

    @Test
    void severalPartiesOrNoneHaveANameToo() {
        assertThat(TranscriptName.of(Chat.of("S0000000").with(Chat.party("5002")).state("Talking")
                .with(Chat.party("5003"))
                .state("Talking").built(), ZoneId.of("UTC")))
                .isEqualTo("2026-11-28/17-20 alice - 5002 and 1 more (0000)");
        assertThat(TranscriptName.of(Chat.of("S0000000").says("alice", "unknown", "Hi").built(), ZoneId.of("UTC")))
                .isEqualTo("2026-11-28/17-20 alice - unknown (0000)");
        assertThat(name("alice", " ", "S0000000")).isEqualTo("2026-11-28/17-20 alice - unknown (0000)");
    }
}
