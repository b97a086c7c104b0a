package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the server keeps until a client has acknowledged it, and how a test sees that. */
class AcknowledgeTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private HttpAgent http;

    @BeforeEach
    void login() throws Exception {
        http = HttpAgent.loggedIn(gws, "alice", "secret");
    }

    @Test
    void anEventIsKeptUntilItsBatchIsAcknowledged() throws Exception {
        RawBayeux alice = RawBayeux.subscribed(http, true);
        gws.agent("alice").sendRaw("{\"n\":1}").sendRaw("{\"n\":2}");
        assertThat(gws.agent("alice").queued()).isEqualTo(2);
        HttpAgent.Answer first = alice.connectAtOnce(0);
        long batch = RawBayeux.reply(first, "/meta/connect").at("/ext/ack").asLong();
        gws.agent("alice").sendRaw("{\"n\":3}");
        assertThat(gws.agent("alice").queued()).as("sent, not acknowledged").isEqualTo(3);
        assertThat(numbers(alice.connectAtOnce(0))).as("old ones in front").containsExactly(1, 2, 3);
        assertThat(numbers(alice.connectAtOnce(batch))).containsExactly(3);
        assertThat(gws.agent("alice").queued()).isEqualTo(1);
        assertThat(gws.agent("alice").lastAcknowledgedBatch()).isEqualTo(batch);
    }

    @Test
    void withoutTheExtensionAnEventIsGoneOnceItIsWritten() throws Exception {
        RawBayeux alice = RawBayeux.subscribed(http, false);
        gws.agent("alice").sendRaw("{\"n\":1}");
        assertThat(gws.agent("alice").queued()).isEqualTo(1);
        assertThat(numbers(alice.connectAtOnce(0))).containsExactly(1);
        assertThat(gws.agent("alice").queued()).isZero();
        assertThat(numbers(alice.connectAtOnce(0))).isEmpty();
    }

    @Test
    void whatNobodyHeardIsCounted() {
        gws.agent("alice").sendRaw("{}");
        assertThat(gws.agent("alice").eventsMissed()).isEqualTo(1);
        assertThat(gws.agent("alice").eventsSent()).isZero();
    }

    @Test
    void dataGoesOutLetterByLetter() throws Exception {
        RawBayeux alice = RawBayeux.subscribed(http, true);
        String odd = "{\"a\" : 1e400, \"a\":123456789012345678901234567890,\t\"\\u0000\":[-0.10]}";
        gws.agent("alice").sendRaw(odd).publishOn("/not/subscribed", "5");
        String text = alice.connectAtOnce(0).text();
        assertThat(text).contains("\"data\":" + odd).contains("\"channel\":\"/not/subscribed\"")
                .contains("\"data\":5");
    }

    @Test
    void cometdsOwnClientGetsEachEventOnceOverACutAnswer() throws Exception {
        try (CometdAgent alice = new CometdAgent(gws, "alice", "secret", true)) {
            assertThat(gws.agent("alice").awaitSubscribed(Duration.ofSeconds(5))).isTrue();
            gws.faults().once(Step.CONNECT, new Fault.Cut(20, true));
            for (int i = 1; i <= 20; i++) {
                gws.agent("alice").sendRaw("{\"n\":" + i + "}");
            }
            for (int i = 1; i <= 20; i++) {
                assertThat(alice.next().get("n")).isEqualTo(i);
            }
            assertThat(alice.hasMore()).isFalse();
        }
    }

    private static List<Integer> numbers(HttpAgent.Answer answer) {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode message : answer.json()) {
            if (message.has("data")) {
                numbers.add(message.at("/data/n").asInt());
            }
        }
        return numbers;
    }
}
