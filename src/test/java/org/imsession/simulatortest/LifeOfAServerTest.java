package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Start, stop, restart, and how sessions end. */
class LifeOfAServerTest {

    private static final Duration LONG = Duration.ofSeconds(5);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create()
            .agent("alice", "secret").agent("bob", "hidden");

    @Test
    void stopIsQuickAlsoWithHeldConnects() throws Exception {
        List<CompletableFuture<HttpAgent.Answer>> held = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            gws.agent("a" + i, "x");
            RawBayeux each = RawBayeux.subscribed(HttpAgent.loggedIn(gws, "a" + i, "x"), true);
            held.add(each.connectLater(0));
            assertThat(gws.agent("a" + i).awaitHeldConnect(LONG)).isTrue();
        }
        long start = System.nanoTime();
        gws.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        for (CompletableFuture<HttpAgent.Answer> each : held) {
            assertThatThrownBy(() -> each.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void aRestartKeepsThePortAndImSessionsAndForgetsLogins() throws Exception {
        HttpAgent alice = HttpAgent.loggedIn(gws, "alice", "secret");
        RawBayeux bayeux = RawBayeux.subscribed(alice, true);
        String id = gws.agent("alice").talksTo("bob").id();
        int port = gws.port();
        gws.restart();
        assertThat(gws.port()).isEqualTo(port);
        assertThat(alice.get("/api/v2/me").status()).isEqualTo(403);
        assertThat(gws.agent("alice").session().id()).isEqualTo(id);
        alice.basic("alice", "secret").get("/api/v2/me");
        assertThat(RawBayeux.reply(bayeux.connect(0), "/meta/connect").path("error").asText())
                .isEqualTo("402::Unknown client");
    }

    @Test
    void aRestartMayForgetImSessionsToo() {
        gws.agent("alice").talksTo("bob");
        gws.restartForgettingImSessions();
        assertThat(gws.agent("alice").hasSession()).isFalse();
        assertThat(gws.agent("bob").hasSession()).isFalse();
    }

    @Test
    void cometdsOwnClientComesBackAfterARestart() throws Exception {
        try (CometdAgent alice = new CometdAgent(gws, "alice", "secret", true)) {
            assertThat(gws.agent("alice").awaitSubscribed(LONG)).isTrue();
            gws.restart();
            assertThat(gws.agent("alice").awaitSubscribed(LONG)).isTrue();
            gws.agent("alice").sendRaw("{\"n\":1}");
            assertThat(alice.next()).containsEntry("n", 1);
            assertThat(gws.requests().count(Step.HANDSHAKE, "alice")).isEqualTo(2);
        }
    }

    @Test
    void aSessionWithoutConnectIsSweptAfterMaxInterval() throws Exception {
        gws.settings(settings -> settings.withMaxInterval(Duration.ofMillis(200)));
        gws.restart();
        RawBayeux alice = RawBayeux.subscribed(HttpAgent.loggedIn(gws, "alice", "secret"), true);
        assertThat(gws.agent("alice").awaitSubscribers(0, LONG)).isTrue();
        assertThat(RawBayeux.reply(alice.connect(0), "/meta/connect").at("/advice/reconnect").asText())
                .isEqualTo("handshake");
    }

    @Test
    void aHeldConnectIsAnsweredWhenItsSessionIsDropped() throws Exception {
        RawBayeux alice = RawBayeux.subscribed(HttpAgent.loggedIn(gws, "alice", "secret"), true);
        CompletableFuture<HttpAgent.Answer> held = alice.connectLater(0);
        assertThat(gws.agent("alice").awaitHeldConnect(LONG)).isTrue();
        gws.agent("alice").dropBayeuxSession();
        assertThat(held.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(RawBayeux.reply(alice.connect(0), "/meta/connect").path("error").asText()).startsWith("402");
    }

    @Test
    void theServerCanDisconnect() throws Exception {
        RawBayeux alice = RawBayeux.subscribed(HttpAgent.loggedIn(gws, "alice", "secret"), true);
        CompletableFuture<HttpAgent.Answer> held = alice.connectLater(0);
        assertThat(gws.agent("alice").awaitHeldConnect(LONG)).isTrue();
        gws.agent("alice").disconnectSession();
        HttpAgent.Answer answer = held.get(5, TimeUnit.SECONDS);
        assertThat(RawBayeux.reply(answer, "/meta/disconnect").path("successful").asBoolean()).isTrue();
        assertThat(RawBayeux.reply(answer, "/meta/connect").at("/advice/reconnect").asText()).isEqualTo("none");
    }

    @Test
    void aClientCanDisconnect() throws Exception {
        RawBayeux alice = RawBayeux.subscribed(HttpAgent.loggedIn(gws, "alice", "secret"), true);
        assertThat(alice.disconnect().json().at("/0/successful").asBoolean()).isTrue();
        assertThat(gws.agent("alice").clientIds()).isEmpty();
        assertThat(gws.requests().count(Step.DISCONNECT)).isEqualTo(1);
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        GwsServer second = GwsServer.create(GwsSettings.defaults().withPort(gws.port()));
        assertThatThrownBy(second::start).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(Integer.toString(gws.port()));
        assertThat(second.isRunning()).isFalse();
    }
}
