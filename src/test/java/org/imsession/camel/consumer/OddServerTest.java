package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * F18, F19, F21, F24, F26 and what leaves CometD's own client connected and silent for ever: whatever one answer looks
 * like, the next events arrive.
 */
class OddServerTest {

    private static final int TEXTS = 20;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    static Stream<Arguments> answers() {
        return Stream.of(
                odd("events twice", new Fault.DuplicateEvents()),
                odd("connect reply before the events", new Fault.ConnectReplyFirst()),
                odd("no ack", new Fault.RemoveAck()),
                odd("ack too low", new Fault.ShiftAck(-1)),
                odd("ack far too low", new Fault.ShiftAck(-1000)),
                odd("negative interval", new Fault.ReplaceAdvice("{\"interval\":-5,\"timeout\":-1}")),
                odd("interval and timeout as text",
                        new Fault.ReplaceAdvice("{\"interval\":\"1\",\"timeout\":\"x\",\"reconnect\":7}")),
                odd("endless timeout", new Fault.ReplaceAdvice("{\"interval\":0,\"timeout\":1e300}")),
                odd("advice that is a list", new Fault.Rewrite(text -> text.replaceAll(
                        "\"channel\":\"/meta/connect\"", "\"channel\":\"/meta/connect\",\"advice\":[]"))),
                odd("unknown reconnect", new Fault.ReplaceAdvice("{\"reconnect\":\"perhaps\"}")),
                odd("empty array", Fault.emptyArray()),
                odd("no body", Fault.json(200, "")),
                odd("null", Fault.json(200, "null")),
                odd("half a JSON text", Fault.json(200, "[{\"channel\":\"/meta/connect\",\"succ")),
                odd("garbage", Fault.garbage(5000)),
                odd("HTML page", Fault.loginPage()),
                odd("no connect reply", new Fault.RemoveReply()),
                odd("connect reply without id", new Fault.Rewrite(text -> text.replaceAll(",?\"id\":\"\\d+\"", ""))),
                odd("connect reply with a foreign id",
                        new Fault.Rewrite(text -> text.replaceAll("\"id\":\"\\d+\"", "\"id\":\"4711\""))),
                odd("connect reply twice", new Fault.Rewrite(text -> text.replaceAll("(?s)^\\[(.*)]$", "[$1,$1]"))),
                odd("unsuccessful without an error", new Fault.Rewrite(text ->
                        text.replace("\"successful\":true", "\"successful\":false"))),
                odd("successful is missing", new Fault.Rewrite(text ->
                        text.replaceAll("\"successful\":true", "\"successful\":\"yes\""))),
                odd("message without channel", new Fault.InsertMessages(List.of("{\"data\":{}}"))),
                odd("message with nothing in it", new Fault.InsertMessages(List.of("{}"))),
                odd("channel is a number", new Fault.InsertMessages(List.of("{\"channel\":5,\"data\":{}}"))),
                odd("meta message nobody asked for", new Fault.InsertMessages(List.of(
                        "{\"channel\":\"/meta/subscribe\",\"successful\":false,\"error\":\"403::no\"}",
                        "{\"channel\":\"/meta/unknown\"}"))),
                odd("ext and clientId of wrong types", new Fault.Rewrite(text ->
                        text.replace("\"ext\":{", "\"ext\":{\"x\":[],").replace("\"channel\":\"/meta/connect\"",
                                "\"channel\":\"/meta/connect\",\"clientId\":5,\"error\":{}"))),
                odd("HTTP 500", Fault.status(500)),
                odd("HTTP 400", Fault.status(400)),
                odd("HTTP 204", Fault.status(204)),
                odd("redirect", Fault.redirect(302, "http://127.0.0.1:1/login")),
                odd("throttled", Fault.retryAfter(503, Duration.ofSeconds(1))));
    }

    private static Arguments odd(String name, Fault fault) {
        return Arguments.argumentSet(name, fault);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anOddServerNeverSilencesTheFeedNorLosesAnAcknowledgedEvent(Fault fault) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "requestTimeout=500"))) {
            route.awaitState("LIVE");
            SimulatedSession session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            ArmedFault armed = gws.faults().add(FaultRule.at(Step.CONNECT, fault).times(2));
            List<String> texts = IntStream.range(0, TEXTS).mapToObj(i -> "text " + i).toList();
            for (String text : texts) {
                session.says(text);
                gws.agent("alice").answerHeldConnect();
            }
            Awaitility.await().atMost(ListeningRoute.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                gws.agent("alice").answerHeldConnect();
                return armed.hits() == 2;
            });
            session.says("last");
            List<String> arrived = route.inbox().takeTextsUntil("last");
            assertThat(arrived.stream().distinct().toList()).containsExactlyElementsOf(
                    Stream.concat(texts.stream(), Stream.of("last")).toList());
            route.awaitState("LIVE");
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anOddServerWithoutAcknowledgementNeverSilencesTheFeed(Fault fault) throws Exception {
        gws.settings(settings -> settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "requestTimeout=500"))) {
            route.awaitState("LIVE");
            SimulatedSession session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            ArmedFault armed = gws.faults().once(Step.CONNECT, fault);
            session.says("perhaps");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                gws.agent("alice").answerHeldConnect();
                return armed.hits() == 1;
            });
            session.says("last");
            boolean arrived = route.inbox().takeTextsUntil("last").contains("perhaps");
            assertThat(arrived || !route.attribute("Gaps").equals("0")).as("lost without a gap").isTrue();
            route.awaitState("LIVE");
        }
    }
}
