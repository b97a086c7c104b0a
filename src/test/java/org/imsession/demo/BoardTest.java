package org.imsession.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.imsession.demo.Board.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the demo shows: a line for an event, ticked off as its sinks get it. */
class BoardTest {

    private static final Map<String, String> XTERM = Map.of("TERM", "xterm");
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final String TEXT = """
            {"messageType":"IMLogUpdateMessage","notificationType":"NewMessage","message":"%s"}""";
    private static final String ALL = "[x] file [x] jms [x] http";

    private final Vt terminal = new Vt();
    private Instant now = Instant.parse("2026-11-29T14:01:56Z");

    private Board board(boolean isTerminal, Map<String, String> environment) {
        return new Board(Screen.of(terminal.out, isTerminal, environment), new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return now;
            }
        }, "alice", "bob");
    }

    private static void arrive(Board board, String agent, String text, Sink... sinks) {
        for (Sink sink : sinks) {
            board.arrived(sink, agent, "a1-" + text, TEXT.formatted(text));
        }
    }

    private List<String> events() {
        return terminal.screen().stream().filter(line -> line.startsWith("  feed of")).toList();
    }

    private static String line(String agent, String text, String ticks) {
        return "  feed of %-5s  %-35s  %s".formatted(agent, '"' + text + '"', ticks);
    }

    @Test
    void aTextIsTheLineOfItsSpeakerAndALineForEachFeedThatHearsIt() {
        Board board = board(true, XTERM);
        board.happens("alice says Hello");
        arrive(board, "alice", "Hello", Sink.JMS);
        arrive(board, "bob", "Hello", Sink.HTTP, Sink.FILE);
        arrive(board, "alice", "Hello", Sink.HTTP);
        assertThat(terminal.screen()).containsExactly("", "14:01:56  GWS: alice says \"Hello\"",
                line("alice", "Hello", "[ ] file [x] jms [x] http"), line("bob", "Hello", "[x] file [ ] jms [x] http"),
                "");
        arrive(board, "alice", "Hello", Sink.FILE);
        arrive(board, "bob", "Hello", Sink.JMS);
        assertThat(events()).containsExactly(line("alice", "Hello", ALL), line("bob", "Hello", ALL));
    }

    @ParameterizedTest
    @CsvSource({ "false, xterm", "true, dumb" })
    void whereNoLineCanBeRewrittenItIsPrintedOnceAllItsSinksHaveIt(boolean isTerminal, String kind) {
        Board board = board(isTerminal, Map.of("TERM", kind));
        arrive(board, "alice", "Hello", Sink.JMS, Sink.FILE);
        board.showWhatWaits(LIMIT);
        assertThat(terminal.printed()).isEmpty();
        arrive(board, "alice", "Hello", Sink.HTTP);
        board.showWhatWaits(Duration.ZERO);
        assertThat(terminal.printed()).isEqualTo(line("alice", "Hello", ALL) + "\n");
    }

    @Test
    void whereNoLineCanBeRewrittenItIsPrintedAfterAWhileAndAgainWhenAllHaveIt() {
        Board board = board(false, XTERM);
        arrive(board, "alice", "Hello", Sink.JMS, Sink.FILE);
        now = now.plus(LIMIT);
        board.showWhatWaits(LIMIT);
        board.showWhatWaits(LIMIT);
        arrive(board, "alice", "Hello", Sink.HTTP);
        assertThat(events()).containsExactly(line("alice", "Hello", "[x] file [x] jms [ ] http"),
                line("alice", "Hello", ALL));
    }

    @Test
    void whatIsOutOfReachIsPrintedAnewWhenAllHaveIt() {
        Board board = board(true, XTERM);
        arrive(board, "alice", "Hello", Sink.JMS);
        board.say("a line\n".repeat(30));
        arrive(board, "alice", "Hello", Sink.FILE, Sink.HTTP);
        assertThat(events()).containsExactly(line("alice", "Hello", "[ ] file [x] jms [ ] http"),
                line("alice", "Hello", ALL));
    }

    /** Else a warning in the log would be overwritten, or the wrong event ticked off. */
    @Test
    void whatOthersPrintStays() {
        Screen screen = Screen.of(terminal.out, true, XTERM);
        PrintStream log = screen.beside(terminal.out);
        Board board = new Board(screen, Clock.systemUTC(), "alice", "bob");
        arrive(board, "alice", "Hello", Sink.JMS);
        log.println("WARN a line\nand one more");
        arrive(board, "alice", "Hello", Sink.FILE, Sink.HTTP);
        assertThat(terminal.screen()).containsExactly(line("alice", "Hello", "[ ] file [x] jms [ ] http"),
                "WARN a line", "and one more", line("alice", "Hello", ALL), "");
    }

    @ParameterizedTest
    @CsvSource({ "true, xterm, '', true", "true, xterm, 1, false", "true, dumb, '', false", "false, xterm, '', false" })
    void thereAreColoursWhereTheTerminalHasThem(boolean isTerminal, String kind, String noColour, boolean colours) {
        Board board = board(isTerminal, Map.of("TERM", kind, "NO_COLOR", noColour));
        board.happens("alice says Hello");
        arrive(board, "alice", "Hello", Sink.values());
        assertThat(terminal.printed().contains("\u001b[36malice\u001b[0m")).isEqualTo(colours);
        assertThat(terminal.printed().matches("(?s).*\u001b\\[\\d+m.*")).isEqualTo(colours);
        assertThat(events()).containsExactly(line("alice", "Hello", ALL));
    }

    /** The terminal of this test refuses what wraps. */
    @Test
    void nothingWraps() {
        Board board = board(true, XTERM);
        String text = IntStream.rangeClosed(1, 50).mapToObj(String::valueOf).reduce("", String::concat);
        board.happens("alice says " + text);
        arrive(board, "alice", text, Sink.values());
        arrive(board, "a name that is long", text, Sink.values());
        board.count(Long.MAX_VALUE);
        assertThat(events()).hasSize(2).first().asString().startsWith("  feed of alice  \"123456")
                .endsWith("...  " + ALL);
        assertThat(terminal.screen()).allMatch(line -> line.length() <= Screen.COLUMNS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'notificationType':'StatusChange','imSession':{'state':'Talking'}} | StatusChange Talking",
        "{'notificationType':'AttachedDataChanged','imSession':{'userData':{'a':'1','b':'2'}}}"
                + " | AttachedDataChanged a=1 b=2",
    })
    void aStateChangeSaysWhatHasChanged(String json, String shown) {
        Board board = board(false, XTERM);
        String event = json.replace('\'', '"').replaceFirst("\\{", "{\"messageType\":\"IMSessionStateChangeMessage\",");
        board.arrived(Sink.JMS, "bob", "a1-0", event);
        board.arrived(Sink.FILE, "bob", "a1-0", "{\"specversion\":\"1.0\",\"id\":\"a1-0\",\"data\":" + event + "}");
        board.arrived(Sink.HTTP, "bob", "a1-0", event);
        assertThat(events()).containsExactly("  feed of bob    %-35s  %s".formatted(shown, ALL));
    }

    @Test
    void whatOnlyTheFileGetsWaitsForNothingElse() {
        Board board = board(false, XTERM);
        board.arrived(Sink.FILE, "bob", "a1-0", "{\"specversion\":\"1.0\",\"data\":{\"gap\":1}}");
        assertThat(events()).containsExactly("  feed of bob    %-35s  [x] file".formatted("{\"gap\":1}"));
    }

    @ParameterizedTest
    @EnumSource
    void whatComesTwiceIsALineOfItsOwn(Sink sink) {
        Board board = board(true, XTERM);
        arrive(board, "alice", "Hello", Sink.values());
        arrive(board, "alice", "Hello", sink);
        assertThat(events()).containsExactly(line("alice", "Hello", ALL),
                line("alice", "Hello", "once more: " + sink.name().toLowerCase()));
        assertThat(board.complete(2)).isFalse();
    }
}
