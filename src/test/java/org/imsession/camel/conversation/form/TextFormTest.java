package org.imsession.camel.conversation.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.imsession.camel.conversation.Chat;
import org.imsession.camel.conversation.ConversationBuilder;
import org.junit.jupiter.api.Test;

class TextFormTest {

    @Test
    void aTranscriptHasAHeadAndThenALineForEachText() throws Exception {
        String text = Forms.text(Chat.of("007MDF3D0KAHL93L807GK2LAES00003B").zone("Europe/Berlin")
                .data(Map.of("favColor", "blue")).state("Initiating").state("bob", "Alerting", "live").after(4)
                .state("Talking").after(22).says("alice", "outbound", "Green it is").says("bob", "inbound",
                "Green it is")
                .after(5).says("alice", "inbound", "Fine").says("bob", "outbound", "Fine").after(7)
                .says("alice", "inbound", "Bye").after(3).state("Completed").state("bob", "Completed", "live"));
        assertThat(text).isEqualTo("""
                        alice with 5002
                        Saturday, 28 November 2026, 18:20:03 to 18:20:44
                        ------------------------------------------------------------------------
                        Complete    yes
                        Begun       18:20:03
                        Ended       18:20:44
                        States      18:20:03  Initiating
                                    18:20:07  Talking
                                    18:20:44  Completed
                        User data   favColor: blue
                        Agent       alice at https://gws.example.com
                        Session     007MDF3D0KAHL93L807GK2LAES00003B
                        Record      2d5e16b92dd67520fdb717a1a7a81934, made of 6 events

                        Times are those of receipt, in Europe/Berlin; the server sends none.
                        The server names no sender: where it says "not known", nobody can tell who said it.
                        A text is the other party's where the other agent's login sent it, and both were followed.
                        ------------------------------------------------------------------------
                        18:20:29  alice  Green it is
                        18:20:34  the other party (5002)  Fine
                        18:20:41  not known  Bye
                        """);
        assertThat(Files.readString(Path.of("src/main/docs/conversations.md"))).as("the manual shows it")
                .contains(text.indent(4).replace("    \n", "\n"));
    }

    @Test
    void whatMayBeMissingIsSaidInTheHeadAndWhereItMayBe() throws Exception {
        String text = Forms.text(Chat.of("007MDF3D0KAHL93L807GK2LAES00004C").at("2026-11-28T23:58:00Z")
                .state("Talking", "snapshot").after(10).says("alice", "unknown", "One").after(100)
                .gap("alice", "2026-11-28T23:58:30Z", "2026-11-28T23:59:00Z").says("alice", "unknown", "Two").after(5)
                .state("Completed", "snapshot"));
        assertThat(text).contains("""
                Complete    no: its beginning was not seen
                            no: the feed had a gap meanwhile
                Begun       23:58:00, or before
                Ended       23:59:55, or before: it was gone when the server was asked
                """).contains("Gaps        23:58:30 to 23:59:00: something may be missing (")
                .contains("Texts may be missing: the server keeps none").contains("""
                        23:58:10  not known  One
                        23:58:30  -- until 23:59:00 something may be missing: the server had lost the connection --
                        23:59:50  not known  Two
                        """);
    }

    @Test
    void aNewDayAndTheEndOfSummerTimeAreTold() throws Exception {
        assertThat(Forms.text(Chat.of("S").zone("Europe/Berlin").at("2026-10-24T21:59:00Z").state("Talking").after(30)
                .says("alice", "outbound", "One").after(60).says("alice", "outbound", "Two")
                .at("2026-10-25T00:30:00Z").says("alice", "outbound", "Three")
                .at("2026-10-25T01:30:00Z").says("alice", "outbound", "Four"))).contains("""
                23:59:30  alice  One
                -- Sunday, 25 October 2026 --
                00:00:30  alice  Two
                02:30:00  alice  Three
                -- Sunday, 25 October 2026, now UTC+01:00 --
                02:30:00  alice  Four
                """);
    }

    @Test
    void noTextCanForgeALineOrTurnOne() throws Exception {
        String text = Forms.text(Chat.of("S").state("Talking")
                .says("alice", "unknown", "one\r\n18:20:30  alice  I quit\u202818:20:31  alice  really\u2029x\ry")
                .says("alice", "unknown", "up\u202egnp.exe\u0007\u001b[2J\u0000\u2066\ufeff")
                .says("alice", "unknown",
                "\ud83d\udc68\u200d\ud83d\udc69 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"));
        assertThat(text.lines().filter(line -> line.matches("\\d\\d:\\d\\d:\\d\\d  .*"))).hasSize(3);
        assertThat(text).contains("\n          18:20:30  alice  I quit\n          18:20:31").contains("\n          y\n")
                .contains("up\\u202egnp.exe\\u0007\\u001b[2J\\u0000\\u2066\\ufeff")
                .as("emoji and scripts keep their joiners").contains("\ud83d\udc68\u200d\ud83d\udc69")
                .contains("\u0645\u06cc\u200c\u062e");
    }

    @Test
    void theZoneIsAnOptionAndUtcWithoutOne() throws Exception {
        assertThat(Forms.text(Chat.whole())).contains("17:20:29  alice  Green it is");
        assertThat(Forms.text(Chat.whole().zone("Asia/Kolkata"))).contains("22:50:29  alice  Green it is");
        Map<String, Object> wrong = Map.of(ConversationBuilder.TIME_ZONE, "Mars/Olympus");
        assertThatThrownBy(() -> Forms.message("text", Chat.whole(), wrong)).hasMessageContaining("Mars/Olympus")
                .hasMessageContaining(ConversationBuilder.TIME_ZONE);
    }

    @Test
    void aConversationWithoutTextsAndPartiesSaysSo() throws Exception {
        assertThat(Forms.text(Chat.of("S").with(Chat.party("")).state("Talking").state("Completed")))
                .startsWith("alice with a party without a number\n").contains("No text was heard.");
    }

    @Test
    void nestedUserDataIsNamedByTheWayToIt() throws Exception {
        assertThat(Forms.text(Chat.of("S").data(Map.of("ticket", Map.of("ids", List.of(17, "x\ny"))))
                .state("Talking"))).contains("ticket.ids[0]: 17").contains("ticket.ids[1]: x\\u000ay");
    }

    @Test
    void whereverItGoesItSaysWhatItIs() throws Exception {
        Message message = Forms.message("text", Chat.whole(), Map.of());
        assertThat(message.getHeader("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(message.getHeader("CamelFileName")).isEqualTo("2026-11-28/17-20 alice - 5002 (003B).txt");
    }
}
