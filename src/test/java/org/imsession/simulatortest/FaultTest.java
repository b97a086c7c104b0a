package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault does its harm at its step, and only there. */
class FaultTest {

    private static final String EVENT = "{\"n\":1}";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withTimeout(Duration.ofSeconds(5)))
            .agent("alice", "secret").agent("bob", "hidden");

    private HttpAgent http;
    private RawBayeux alice;

    @BeforeEach
    void aliceListens() throws Exception {
        http = HttpAgent.loggedIn(gws, "alice", "secret");
        alice = RawBayeux.subscribed(http, true);
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(Fault.status(401), 401, "", ""),
                Arguments.of(Fault.status(500), 500, "", ""),
                Arguments.of(Fault.retryAfter(429, Duration.ofSeconds(7)), 429, "retry-after", "7"),
                Arguments.of(Fault.retryAfter(503, Duration.ofSeconds(2)), 503, "retry-after", "2"),
                Arguments.of(Fault.accessDenied(), 403, "content-type", "application/json"),
                Arguments.of(Fault.redirect(302, "http://elsewhere.invalid/"), 302, "location",
                        "http://elsewhere.invalid/"),
                Arguments.of(Fault.redirect(307, "/login"), 307, "location", "/login"),
                Arguments.of(Fault.wantsProxyCredentials(), 407, "proxy-authenticate", "Basic realm=\"proxy\""),
                Arguments.of(Fault.loginPage(), 200, "content-type", "text/html;charset=utf-8"),
                Arguments.of(Fault.emptyArray(), 200, "content-length", "2"),
                Arguments.of(Fault.garbage(100), 200, "content-length", "100"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anotherHttpAnswer(Fault fault, int status, String header, String value) throws Exception {
        for (Step step : List.of(Step.LOGIN, Step.CONNECT)) {
            gws.faults().once(step, fault);
            HttpAgent.Answer answer = step == Step.LOGIN ? http.get("/api/v2/me") : alice.connectAtOnce(0);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(header.isEmpty() ? value : answer.header(header)).isEqualToIgnoringCase(value);
            assertThat(http.get("/api/v2/me").status()).isEqualTo(200);
        }
        assertThat(RawBayeux.reply(alice.connectAtOnce(0), "/meta/connect").path("successful").asBoolean()).isTrue();
    }

    static Stream<Arguments> bayeuxErrors() {
        return Stream.of(
                Arguments.of(Fault.unknownClient(), "402::Unknown client", "handshake"),
                Arguments.of(Fault.bayeuxError("402::Unknown client"), "402::Unknown client", ""),
                Arguments.of(Fault.bayeuxError("403:denied:subscribe_denied"), "403:denied:subscribe_denied", ""),
                Arguments.of(Fault.reconnectNone("403::Handshake denied"), "403::Handshake denied", "none"));
    }

    @ParameterizedTest
    @MethodSource("bayeuxErrors")
    void aBayeuxError(Fault fault, String error, String reconnect) throws Exception {
        for (Step step : List.of(Step.HANDSHAKE, Step.SUBSCRIBE, Step.CONNECT)) {
            gws.faults().once(step, fault);
            HttpAgent.Answer answer = switch (step) {
                case HANDSHAKE -> new RawBayeux(http).handshake(true);
                case SUBSCRIBE -> alice.subscribe("/v2/me/im-sessions");
                default -> alice.connectAtOnce(0);
            };
            JsonNode reply = answer.json().path(0);
            assertThat(reply.path("successful").asBoolean()).isFalse();
            assertThat(reply.path("error").asText()).isEqualTo(error);
            assertThat(reply.at("/advice/reconnect").asText()).isEqualTo(reconnect);
            assertThat(reply.path("id").asText()).isNotEmpty();
        }
    }

    static Stream<Arguments> cookies() {
        return Stream.of(
                Arguments.of(Fault.setsCookies("a=1; Path=/; Expires=0"), "a=1; Path=/"),
                Arguments.of(Fault.setsCookies("a=1; Path=/", "b=2; Path=/"), "b=2; Path=/"),
                Arguments.of(Fault.setsCookies(60, 3), "c59=xxx; Path=/"),
                Arguments.of(Fault.newCookieEachTime(), "gateway1=x; Path=/"));
    }

    @ParameterizedTest
    @MethodSource("cookies")
    void moreCookiesWithTheRightAnswer(Fault fault, String field) throws Exception {
        gws.faults().once(Step.LOGIN, fault);
        HttpAgent.Answer answer = http.get("/api/v2/me");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(http.cookies().entrySet()).extracting(each -> each.getKey() + "=" + each.getValue() + "; Path=/")
                .contains(field);
    }

    @Test
    void aCookieOfAnotherNameEachTime() throws Exception {
        gws.faults().always(Step.LOGIN, Fault.newCookieEachTime());
        http.get("/api/v2/me");
        http.get("/api/v2/me");
        assertThat(http.cookies()).containsKeys("gateway1", "gateway2");
    }

    /** Words for what a load balancer without stickiness, and a server without services, do. */
    @Test
    void twoNodesAnswerInTurn() throws Exception {
        gws.faults().add(FaultRule.at(Step.CONNECT, Fault.otherNode()).everySecond());
        for (int turn = 0; turn < 6; turn++) {
            assertThat(RawBayeux.reply(alice.connectAtOnce(0), "/meta/connect").path("error").asText())
                    .isEqualTo(turn % 2 == 0 ? "402::Unknown client" : "");
        }
    }

    @Test
    void anotherNodeKnowsNoLogin() throws Exception {
        gws.faults().once(Step.SUBSCRIBE, Fault.otherNodeWithoutLogin());
        assertThat(alice.subscribe("/v2/me/im-sessions").status()).isEqualTo(401);
        assertThat(alice.subscribe("/v2/me/im-sessions").status()).isEqualTo(200);
    }

    @Test
    void aPushedDisconnectBringsItsReasonAndWhatWasSent() throws Exception {
        gws.faults().once(Step.CONNECT, Fault.pushedDisconnect("402::the node is drained"));
        gws.agent("alice").sendRaw(EVENT);
        HttpAgent.Answer answer = alice.connectAtOnce(0);
        assertThat(RawBayeux.reply(answer, "/meta/connect").path("error").asText())
                .isEqualTo("402::the node is drained");
        assertThat(RawBayeux.reply(answer, "/meta/disconnect").path("successful").asBoolean()).isTrue();
        assertThat(answer.text()).contains(EVENT);
    }

    @Test
    void aServerWithoutServicesRefusesTheirTopicAndTheirResourceAndNothingElse() throws Exception {
        gws.faults().always(Step.SUBSCRIBE_SERVICES, Fault.noSuchTopic());
        gws.faults().always(Step.SERVICES, Fault.noSuchResource());
        assertThat(alice.subscribe("/notifications/services").json().path(0).path("error").asText()).startsWith("403:");
        assertThat(http.get("/api/v2/services?fields=*").status()).isEqualTo(404);
        assertThat(alice.subscribe("/v2/me/im-sessions").json().path(0).path("successful").asBoolean()).isTrue();
        assertThat(http.get("/api/v2/me").status()).isEqualTo(200);
    }

    @Test
    void aDroppedSessionIsUnknown() throws Exception {
        gws.faults().once(Step.CONNECT, new Fault.DropSession());
        assertThat(RawBayeux.reply(alice.connect(0), "/meta/connect").path("error").asText())
                .isEqualTo("402::Unknown client");
        assertThat(gws.agent("alice").subscribers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerIsCutAfterEachOfItsBytes(boolean reset) throws Exception {
        gws.agent("alice").sendRaw(EVENT);
        int length = alice.connectAtOnce(0).bytes().length;
        for (int bytes = 0; bytes < length; bytes += 7) {
            gws.faults().once(Step.CONNECT, new Fault.Cut(bytes, reset));
            assertThatThrownBy(() -> alice.connectAtOnce(0)).isInstanceOf(IOException.class);
        }
        assertThat(alice.connectAtOnce(0).text()).contains(EVENT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectThatIsHeldAlreadyLosesItsAnswer(boolean reset) throws Exception {
        CompletableFuture<HttpAgent.Answer> held = alice.connectLater(0);
        assertThat(gws.agent("alice").awaitHeldConnect(Duration.ofSeconds(5))).isTrue();
        gws.faults().once(Step.CONNECT, new Fault.LoseAnswer(reset));
        gws.agent("alice").sendRaw(EVENT);
        assertThatThrownBy(() -> held.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        assertThat(alice.connectAtOnce(0).text()).as("kept, because it was not acknowledged").contains(EVENT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionIsClosedBeforeTheRequestIsHandled(boolean reset) {
        // Java's client repeats a GET by itself, but not a POST
        gws.faults().once(Step.OPERATION, new Fault.CloseConnection(reset));
        assertThatThrownBy(() -> http.post("/api/v2/me/im-sessions",
                "{\"operationName\":\"InitiateIMSession\",\"destination\":{\"phoneNumber\":\"5002\"}}"))
                .isInstanceOf(IOException.class);
        assertThat(gws.agent("alice").hasSession()).isFalse();
    }

    @Test
    void aRequestHangsUntilItIsReleased() throws Exception {
        ArmedFault hang = gws.faults().once(Step.OPERATION, new Fault.Hang());
        CompletableFuture<HttpAgent.Answer> answer = http.postLater("/api/v2/me/im-sessions",
                "{\"operationName\":\"InitiateIMSession\",\"destination\":{\"phoneNumber\":\"5002\"}}");
        assertThat(hang.awaitHits(1, Duration.ofSeconds(5))).isTrue();
        assertThat(gws.agent("alice").hasSession()).isFalse();
        hang.release();
        assertThat(answer.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(gws.agent("alice").hasSession()).isTrue();
    }

    @Test
    void anAnswerIsWithheldUntilItIsReleased() throws Exception {
        ArmedFault withhold = gws.faults().once(Step.CONNECT, new Fault.Withhold());
        gws.agent("alice").sendRaw(EVENT);
        CompletableFuture<HttpAgent.Answer> answer = alice.connectLater(0);
        assertThat(withhold.awaitHits(1, Duration.ofSeconds(5))).isTrue();
        assertThat(answer).isNotDone();
        gws.faults().clear();
        assertThat(answer.get(5, TimeUnit.SECONDS).text()).contains(EVENT);
    }

    @Test
    void anAnswerIsLate() throws Exception {
        gws.faults().once(Step.LOGIN, new Fault.Delay(Duration.ofMillis(150)));
        long start = System.nanoTime();
        assertThat(http.get("/api/v2/me").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(149));
    }

    @Test
    void anAnswerComesInSlices() throws Exception {
        gws.agent("alice").sendRaw(EVENT);
        gws.faults().once(Step.CONNECT, new Fault.Slices(10, Duration.ofMillis(10)));
        long start = System.nanoTime();
        HttpAgent.Answer answer = alice.connectAtOnce(0);
        assertThat(answer.text()).contains(EVENT);
        int pauses = answer.bytes().length / 10;
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(10L * (pauses - 1)));
    }

    @Test
    void theLineIsSlowAndAGatewayCutsWhatTakesTooLong() throws Exception {
        gws.agent("alice").sendRaw(EVENT);
        gws.faults().once(Step.CONNECT, Fault.cutAfter(Duration.ofMillis(500), 40));
        assertThatThrownBy(() -> alice.connectAtOnce(0)).isInstanceOf(IOException.class);
        gws.faults().once(Step.CONNECT, Fault.cutInSilence(Duration.ofMillis(20)));
        assertThatThrownBy(() -> alice.connectAtOnce(0)).isInstanceOf(IOException.class);
        gws.faults().once(Step.CONNECT, Fault.slowLine(1000));
        long start = System.nanoTime();
        HttpAgent.Answer answer = alice.connectAtOnce(0);
        assertThat(answer.text()).contains(EVENT);
        int pauses = answer.bytes().length / 50 - 1;
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(50L * (pauses - 1)));
    }

    @Test
    void aRuleCountsAndKnowsItsAgent() throws Exception {
        HttpAgent bob = HttpAgent.loggedIn(gws, "bob", "hidden");
        ArmedFault fault = gws.faults().add(
                FaultRule.at(Step.LOGIN, Fault.status(500)).forAgent("alice").after(1).times(2));
        assertThat(statuses(http, 5)).containsExactly(200, 500, 500, 200, 200);
        assertThat(statuses(bob, 2)).containsOnly(200);
        assertThat(fault.hits()).isEqualTo(2);
    }

    @Test
    void aRuleHoldsUntilItIsCleared() throws Exception {
        ArmedFault fault = gws.faults().always(Step.ANY, Fault.status(500));
        assertThat(statuses(http, 3)).containsOnly(500);
        fault.clear();
        assertThat(statuses(http, 1)).containsOnly(200);
    }

    @Test
    void rulesFollowOneAnother() throws Exception {
        gws.faults().once(Step.LOGIN, Fault.status(500));
        gws.faults().once(Step.LOGIN, Fault.status(401));
        assertThat(statuses(http, 3)).containsExactly(500, 401, 200);
    }

    private static List<Integer> statuses(HttpAgent agent, int times) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            statuses.add(agent.get("/api/v2/me").status());
        }
        return statuses;
    }
}
