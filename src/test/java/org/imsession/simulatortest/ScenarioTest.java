package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.Scenario;
import org.imsession.simulator.Scenario.Play;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario plays its lines at its pace, and ends when told. */
class ScenarioTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "hidden");

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void everyLineIsPlayed() throws Exception {
        RawBayeux bob = RawBayeux.subscribed(HttpAgent.loggedIn(gws, "bob", "hidden"), true);
        Scenario scenario = Scenario.parse("""
                # two lines of talk, while nobody can telephone
                service Voice Inactive
                alice calls bob
                bob answers
                alice says Hello  Bob, round {n}
                alice attaches favColor=blue size=5

                bob deletes size
                wait 1ms
                bob completes
                """);
        Play play = scenario.play(gws, Duration.ZERO, told::add);
        assertThat(play.awaitEnd(Duration.ofSeconds(5))).isTrue();
        assertThat(play.error()).isEmpty();
        assertThat(HttpAgent.loggedIn(gws, "alice", "secret").get("/api/v2/services?fields=*").json().path("services"))
                .filteredOn(each -> each.path("type").asText().equals("Voice"))
                .extracting(each -> each.path("state").asText()).containsExactly("Inactive");
        assertThat(told).containsExactly("service Voice is Inactive", "alice calls bob", "bob answers", "alice says Hello  Bob, round 1",
                "alice attaches {favColor=blue, size=5}", "bob deletes size", "bob completes");
        assertThat(bob.connectAtOnce(0).json()).extracting(each -> each.at("/data/notificationType").asText())
                .containsExactly("StatusChange", "StatusChange", "NewMessage", "AttachedDataChanged",
                        "AttachedDataChanged", "StatusChange", "");
    }

    @Test
    void theBuiltInChatGoesOnUntilItIsStopped() throws Exception {
        CountDownLatch rounds = new CountDownLatch(2);
        Play play = Scenario.chat().play(gws, Duration.ofMillis(1), line -> {
            if (line.equals("bob completes")) {
                rounds.countDown();
            }
        });
        assertThat(rounds.await(10, TimeUnit.SECONDS)).isTrue();
        play.stop();
        assertThat(play.awaitEnd(Duration.ofSeconds(5))).isTrue();
        assertThat(play.error()).isEmpty();
    }

    /** What goes wrong until the server is well, and what it does of its own accord. */
    @Test
    void theServerDoesWhatTheScenarioSays() throws Exception {
        assertThat(status("server refuses logins")).isEqualTo(403);
        assertThat(status("server is well\nserver is busy for 20s")).isEqualTo(503);
        assertThat(status("server is well")).isEqualTo(200);
        assertThat(told).as("what stands first holds at once, and is no step").isEmpty();

        RawBayeux.subscribed(HttpAgent.loggedIn(gws, "bob", "hidden"), true);
        ends("alice calls bob\nserver forgets  sessions");
        assertThat(gws.agent("bob").clientIds()).isEmpty();
        ends("alice completes\nserver restarts\nserver stops");
        assertThat(gws.isRunning()).isFalse();
        assertThat(told).containsExactly("alice calls bob", "server forgets sessions", "alice completes",
                "server restarts", "server stops");
    }

    private void ends(String lines) throws Exception {
        assertThat(Scenario.parse(lines).play(gws, Duration.ZERO, told::add).awaitEnd(Duration.ofSeconds(10))).isTrue();
    }

    private int status(String line) throws Exception {
        ends(line);
        return HttpAgent.nobody(gws).basic("alice", "secret").get("/api/v2/me").status();
    }

    /** It is read when a client shakes hands. */
    @Test
    void aServerThatDoesNotAcknowledgeDoesSoFromItsStart() {
        try (GwsServer server = GwsServer.create()) {
            Scenario.parse("server does not acknowledge").play(server, Duration.ZERO, told::add);
            assertThat(server.start().settings().has(GwsSwitch.ACK_EXTENSION)).isFalse();
        }
    }

    @Test
    void aPlayThatCannotGoOnSaysWhy() throws Exception {
        Play play = Scenario.parse("alice calls carol").play(gws, Duration.ZERO, told::add);
        assertThat(play.awaitEnd(Duration.ofSeconds(5))).isTrue();
        assertThat(play.error()).contains("There is no agent called carol");
    }

    @ParameterizedTest
    @CsvSource({"server sleeps,nothing that a server does", "server answers after,nothing that a server does",
        "server answers after noon,not a time", "alice flies,flies", "alice,no verb", "wait long,long", "alice says,does not say what",
        "alice attaches blue,key=value"})
    void aLineThatCannotBeReadIsNamed(String line, String reason) {
        assertThatThrownBy(() -> Scenario.parse("# first\n" + line)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Line 2").hasMessageContaining(reason);
    }
}
