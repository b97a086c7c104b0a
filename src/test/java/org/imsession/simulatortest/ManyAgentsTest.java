package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A held connect costs no thread, and each agent gets its own event. */
class ManyAgentsTest {

    private static final int AGENTS = 200;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withTimeout(Duration.ofMinutes(2)));

    @Test
    void manyHeldConnectsNeedFewThreads() throws Exception {
        List<CompletableFuture<HttpAgent.Answer>> held = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            gws.agent("a" + i, "x");
            RawBayeux each = RawBayeux.subscribed(HttpAgent.nobody(gws).basic("a" + i, "x"), true);
            held.add(each.connectLater(0));
        }
        for (int i = 0; i < AGENTS; i++) {
            assertThat(gws.agent("a" + i).awaitHeldConnect(Duration.ofSeconds(20))).isTrue();
        }
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("gws-simulator")).count();
        assertThat(threads).isLessThanOrEqualTo(101);
        for (int i = 0; i < AGENTS; i++) {
            gws.agent("a" + i).sendRaw("{\"n\":" + i + "}");
        }
        for (int i = 0; i < AGENTS; i++) {
            HttpAgent.Answer answer = held.get(i).get(20, TimeUnit.SECONDS);
            assertThat(answer.json().at("/0/data/n").asInt(-1)).isEqualTo(i);
            assertThat(answer.json()).hasSize(2);
        }
        assertThat(gws.requests().count(Step.CONNECT)).isEqualTo(2 * AGENTS);
    }
}
