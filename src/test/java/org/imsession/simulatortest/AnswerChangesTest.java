package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Bomb;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer says is changed, and nothing else of it. */
class AnswerChangesTest {

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

    @Test
    void aByteOrderMarkAndBlanksStandInFront() throws Exception {
        gws.faults().once(Step.SNAPSHOT, Fault.byteOrderMark());
        assertThat(http.get("/api/v2/me/im-sessions?fields=*").text()).startsWith("\uFEFF\r\n {");
    }

    @ParameterizedTest
    @EnumSource(value = Step.class, names = { "CONNECT", "SNAPSHOT" })
    void aSmallAnswerUnpacksToALargeOne(Step step) throws Exception {
        gws.faults().once(step, new Bomb("{}", 1_000_000));
        HttpAgent.Answer answer = step == Step.CONNECT ? alice.connectAtOnce(0)
                : http.get("/api/v2/me/im-sessions?fields=*");
        assertThat(answer.header("content-encoding")).isEqualTo("gzip");
        assertThat(answer.bytes().length).isLessThan(10_000);
        String text = new String(new GZIPInputStream(new ByteArrayInputStream(answer.bytes())).readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(text.length()).isGreaterThan(3_000_000);
        assertThat(text).endsWith(step == Step.CONNECT ? "}]" : "{},0],\"imSessions\":[],\"statusCode\":0}");
    }

    @Test
    void eventsComeTwice() throws Exception {
        gws.agent("alice").sendRaw(EVENT).sendRaw("{\"n\":2}");
        gws.faults().once(Step.CONNECT, new Fault.DuplicateEvents());
        assertThat(alice.connectAtOnce(0).json()).extracting(each -> each.at("/data/n").asInt())
                .containsExactly(1, 2, 1, 2, 0);
    }

    @Test
    void theConnectReplyComesFirst() throws Exception {
        gws.agent("alice").sendRaw(EVENT);
        assertThat(alice.connectAtOnce(0).json().at("/0/data/n").asInt()).isEqualTo(1);
        gws.faults().once(Step.CONNECT, new Fault.ConnectReplyFirst());
        JsonNode answer = alice.connectAtOnce(0).json();
        assertThat(answer.at("/0/channel").asText()).isEqualTo("/meta/connect");
        assertThat(answer.at("/1/data/n").asInt()).isEqualTo(1);
    }

    @Test
    void otherMessagesComeAsTheyAreWritten() throws Exception {
        String odd = "{\"channel\" : \"/elsewhere\", \"data\":1e400, \"data\":2}";
        gws.faults().once(Step.CONNECT, new Fault.InsertMessages(List.of(odd, "{\"no\":\"channel\"}")));
        assertThat(alice.connectAtOnce(0).text()).startsWith("[" + odd + ",{\"no\":\"channel\"},{");
    }

    @Test
    void oneEventIsHuge() throws Exception {
        gws.faults().once(Step.CONNECT, Fault.oversizeEvent(1_200_000));
        HttpAgent.Answer answer = alice.connectAtOnce(0);
        assertThat(answer.bytes().length).isGreaterThan(1_200_000);
        assertThat(answer.json().at("/0/data/message").asText()).hasSize(1_200_000);
    }

    @Test
    void aReplyIsMissing() throws Exception {
        gws.faults().once(Step.SUBSCRIBE, new Fault.RemoveReply());
        assertThat(alice.subscribe("/v2/me/devices").text()).isEqualTo("[]");
        gws.faults().once(Step.CONNECT, new Fault.RemoveReply());
        gws.agent("alice").sendRaw(EVENT);
        assertThat(alice.connectAtOnce(0).json()).hasSize(1);
    }

    @Test
    void theAcknowledgementIsMissingOrWrong() throws Exception {
        long right = RawBayeux.reply(alice.connectAtOnce(0), "/meta/connect").at("/ext/ack").asLong();
        gws.faults().once(Step.CONNECT, new Fault.RemoveAck());
        assertThat(RawBayeux.reply(alice.connectAtOnce(0), "/meta/connect").at("/ext/ack").isMissingNode()).isTrue();
        gws.faults().once(Step.CONNECT, new Fault.ShiftAck(-5));
        assertThat(RawBayeux.reply(alice.connectAtOnce(0), "/meta/connect").at("/ext/ack").asLong())
                .isEqualTo(right + 2 - 5);
    }

    /** An advice that is no object used to leave the request open for ever. */
    @ParameterizedTest
    @ValueSource(strings = { "{\"interval\":\"soon\",\"timeout\":-1}", "[]", "5", "null", "\"retry\"" })
    void theAdviceIsMad(String advice) throws Exception {
        gws.faults().once(Step.CONNECT, new Fault.ReplaceAdvice(advice));
        assertThat(RawBayeux.reply(alice.connectAtOnce(0), "/meta/connect").path("advice").toString())
                .isEqualTo(advice);
    }

    @Test
    void aFaultThatFailsItselfIsAnsweredAllTheSame() throws Exception {
        gws.faults().once(Step.CONNECT, new Fault.Rewrite(text -> {
            throw new IllegalStateException("a mistake in a test");
        }));
        assertThat(alice.connectAtOnce(0).status()).isEqualTo(500);
        gws.faults().once(Step.CONNECT, new Fault.ReplaceAdvice("{not JSON"));
        assertThat(alice.connectAtOnce(0).status()).isEqualTo(500);
        assertThat(RawBayeux.reply(alice.connectAtOnce(0), "/meta/connect").path("successful").asBoolean()).isTrue();
    }

    @Test
    void theTextIsRewritten() throws Exception {
        gws.faults().once(Step.SNAPSHOT, new Fault.Rewrite(text -> text.replace("[]", "5")));
        assertThat(http.get("/api/v2/me/im-sessions?fields=*").text()).isEqualTo("{\"imSessions\":5,\"statusCode\":0}");
    }
}
