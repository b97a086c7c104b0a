package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every switch does what it says, in both positions. */
class SwitchesTest {

    private GwsServer gws = GwsServer.create();

    @AfterEach
    void stop() {
        gws.stop();
    }

    private void start(GwsSwitch which, boolean on) {
        GwsSettings settings = GwsSettings.defaults().withTimeout(Duration.ofSeconds(5));
        gws = GwsServer.create(on ? settings.with(which) : settings.without(which))
                .agent("alice", "secret").agent("bob", "hidden").start();
    }

    private RawBayeux aliceListens() throws Exception {
        return RawBayeux.subscribed(HttpAgent.loggedIn(gws, "alice", "secret"), false);
    }

    private static List<JsonNode> events(HttpAgent.Answer answer) {
        List<JsonNode> events = new ArrayList<>();
        answer.json().forEach(message -> {
            if (message.path("channel").asText().equals("/v2/me/im-sessions")) {
                events.add(message.path("data"));
            }
        });
        return events;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ackExtension(boolean on) throws Exception {
        start(GwsSwitch.ACK_EXTENSION, on);
        HttpAgent.Answer answer = new RawBayeux(HttpAgent.loggedIn(gws, "alice", "secret")).handshake(true);
        assertThat(answer.json().at("/0/ext/ack").asBoolean()).isEqualTo(on);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void advertiseMaxInterval(boolean on) throws Exception {
        start(GwsSwitch.ADVERTISE_MAX_INTERVAL, on);
        HttpAgent.Answer answer = new RawBayeux(HttpAgent.loggedIn(gws, "alice", "secret")).handshake(true);
        assertThat(answer.json().at("/0/advice/maxInterval").asInt()).isEqualTo(on ? 10_000 : 0);
        assertThat(answer.json().at("/0/advice/timeout").asInt()).isEqualTo(5_000);
        assertThat(answer.json().at("/0/supportedConnectionTypes").toString()).isEqualTo("[\"long-polling\"]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messagesInHandshake(boolean on) throws Exception {
        start(GwsSwitch.MESSAGES_IN_HANDSHAKE, on);
        gws.agent("alice").greetsWith("{\"early\":1}");
        HttpAgent.Answer answer = new RawBayeux(HttpAgent.loggedIn(gws, "alice", "secret")).handshake(true);
        assertThat(events(answer)).hasSize(on ? 1 : 0);
        assertThat(answer.json().at("/0/x-messages").asInt()).isEqualTo(on ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cometd3ErrorTexts(boolean on) throws Exception {
        start(GwsSwitch.COMETD_3_ERROR_TEXTS, on);
        RawBayeux alice = aliceListens();
        gws.agent("alice").dropBayeuxSession();
        JsonNode reply = RawBayeux.reply(alice.connect(0), "/meta/connect");
        assertThat(reply.path("error").asText()).isEqualTo(on ? "402::Unknown client" : "402::session_unknown");
        assertThat(reply.at("/advice/reconnect").asText()).isEqualTo("handshake");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void handshakeRefusedByHttp(boolean on) throws Exception {
        start(GwsSwitch.HANDSHAKE_REFUSED_BY_HTTP, on);
        HttpAgent.Answer answer = new RawBayeux(HttpAgent.nobody(gws)).handshake(true);
        if (on) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().path("statusCode").asInt()).isEqualTo(20);
        } else {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/0/successful").asBoolean()).isFalse();
            assertThat(answer.json().at("/0/error").asText()).isEqualTo("403::Handshake denied");
            assertThat(answer.json().at("/0/advice/reconnect").asText()).isEqualTo("none");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allSessionsOfAgent(boolean on) throws Exception {
        start(GwsSwitch.ALL_SESSIONS_OF_AGENT, on);
        RawBayeux first = aliceListens();
        RawBayeux second = aliceListens();
        assertThat(gws.agent("alice").subscribers()).isEqualTo(2);
        gws.agent("alice").sendRaw("{}");
        assertThat(events(second.connectAtOnce(0))).hasSize(1);
        assertThat(events(first.connectAtOnce(0))).hasSize(on ? 1 : 0);
        assertThat(gws.agent("alice").eventsSent()).isEqualTo(on ? 2 : 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void echoToSender(boolean on) throws Exception {
        start(GwsSwitch.ECHO_TO_SENDER, on);
        gws.agent("alice").talksTo("bob");
        RawBayeux alice = aliceListens();
        gws.agent("alice").session().says("mine");
        gws.agent("alice").session().hears("yours");
        assertThat(events(alice.connectAtOnce(0))).extracting(each -> each.path("message").asText())
                .isEqualTo(on ? List.of("mine", "yours") : List.of("yours"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void notificationBeforeReply(boolean on) throws Exception {
        start(GwsSwitch.NOTIFICATION_BEFORE_REPLY, on);
        HttpAgent http = HttpAgent.loggedIn(gws, "alice", "secret");
        RawBayeux alice = RawBayeux.subscribed(http, false);
        String path = gws.agent("alice").session().talks().path();
        alice.connectAtOnce(0);
        CompletableFuture<HttpAgent.Answer> connect = alice.connectLater(0);
        // the answer of the operation is held back: only a notification that comes before it can arrive
        ArmedFault held = gws.faults().once(Step.OPERATION, new Fault.Withhold());
        CompletableFuture<HttpAgent.Answer> operation = http.postLater("/api/v2/me" + path,
                "{\"operationName\":\"DeleteUserData\",\"key\":\"k\"}");
        assertThat(held.awaitHits(1, Duration.ofSeconds(5))).isTrue();
        if (on) {
            assertThat(events(connect.get(5, TimeUnit.SECONDS))).hasSize(1);
            assertThat(operation).isNotDone();
            held.release();
        } else {
            assertThat(gws.agent("alice").eventsSent()).isEqualTo(1);
            held.release();
            assertThat(events(connect.get(5, TimeUnit.SECONDS))).hasSize(1);
        }
        assertThat(operation.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leadingBlankInState(boolean on) throws Exception {
        start(GwsSwitch.LEADING_BLANK_IN_STATE, on);
        RawBayeux alice = aliceListens();
        gws.agent("alice").session().talks().complete();
        assertThat(events(alice.connectAtOnce(0))).extracting(each -> each.at("/imSession/state").asText())
                .containsExactly(on ? " Talking" : "Talking", "Completed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void metrics(boolean on) throws Exception {
        start(GwsSwitch.METRICS, on);
        RawBayeux alice = aliceListens();
        gws.agent("alice").session().talks();
        JsonNode event = events(alice.connectAtOnce(0)).get(0);
        assertThat(event.at("/metrics/eventProcessing/serverGenerationTimestamp").asLong() > 0).isEqualTo(on);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void idInUriDiffers(boolean on) throws Exception {
        start(GwsSwitch.ID_IN_URI_DIFFERS, on);
        RawBayeux alice = aliceListens();
        gws.agent("alice").session().talks();
        JsonNode session = events(alice.connectAtOnce(0)).get(0).path("imSession");
        assertThat(session.path("path").asText()).isEqualTo("/im-sessions/" + session.path("id").asText());
        assertThat(session.path("uri").asText().endsWith(session.path("id").asText())).isNotEqualTo(on);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void peerAnswers(boolean on) throws Exception {
        start(GwsSwitch.PEER_ANSWERS, on);
        HttpAgent.loggedIn(gws, "alice", "secret").post("/api/v2/me/im-sessions",
                "{\"operationName\":\"InitiateIMSession\",\"destination\":{\"phoneNumber\":\"5002\"}}");
        assertThat(gws.agent("alice").session().state()).isEqualTo(on ? "Talking" : "Initiating");
        assertThat(gws.agent("bob").session().state()).isEqualTo(on ? "Talking" : "Alerting");
    }

    @Test
    void aSecondHeldConnectOfOneBrowserIsToldOfMultipleClients() throws Exception {
        start(GwsSwitch.ACK_EXTENSION, true);
        HttpAgent http = HttpAgent.loggedIn(gws, "alice", "secret");
        RawBayeux first = RawBayeux.subscribed(http, false);
        RawBayeux second = RawBayeux.subscribed(http, false);
        CompletableFuture<HttpAgent.Answer> held = first.connectLater(0);
        assertThat(gws.agent("alice").awaitHeldConnect(Duration.ofSeconds(5))).isTrue();
        JsonNode reply = RawBayeux.reply(second.connect(0), "/meta/connect");
        assertThat(reply.at("/advice/multiple-clients").asBoolean()).isTrue();
        gws.agent("alice").answerHeldConnect();
        assertThat(held.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
    }
}
