package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.IMSessionOperationException;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.RecordedRequest;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Logins of producers have their turns among those of all agents, so that they make no wall, either. */
class PacedLoginsTest {

    private static final int AGENTS = 30;
    private static final int PER_SECOND = 10;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create();

    private Talk talk(int perSecond, int concurrent) {
        Talk talk = new Talk(gws);
        IMSessionComponent component = talk.context().getComponent("imsession", IMSessionComponent.class);
        component.stop();
        component.setLoginsPerSecond(perSecond);
        component.setConcurrentLogins(concurrent);
        component.start();
        return talk;
    }

    private CompletableFuture<Exchange> lists(Talk talk, ProducerTemplate template, String agent) {
        return template.asyncSend(talk.context().getEndpoint("imsession:" + agent + "?operation=listSessions"),
                exchange -> { });
    }

    @Test
    void manyFirstOperationsMeetTheServerOnARamp() throws Exception {
        try (Talk talk = talk(PER_SECOND, 50); ProducerTemplate template = talk.context().createProducerTemplate()) {
            List<CompletableFuture<Exchange>> all = IntStream.range(0, AGENTS).mapToObj(number -> {
                gws.agent("agent" + number, "secret");
                return lists(talk, template, "agent" + number);
            }).toList();
            for (CompletableFuture<Exchange> each : all) {
                assertThat(each.get(Talk.PATIENCE.toSeconds(), TimeUnit.SECONDS).getException()).isNull();
            }
            List<Instant> logins = gws.requests().requests(Step.LOGIN).stream().map(RecordedRequest::time).sorted()
                    .toList();
            assertThat(logins).hasSize(AGENTS);
            long most = logins.stream().mapToLong(first -> logins.stream()
                    .filter(at -> !at.isBefore(first) && at.isBefore(first.plusSeconds(1))).count()).max().orElse(0);
            assertThat(most).as("logins in any one second").isLessThanOrEqualTo(PER_SECOND * 3 / 2 + 1);
        }
    }

    @Test
    void anOperationThatWaitsForItsTurnEndsWithTheContext() throws Exception {
        gws.agent("first", "secret").agent("second", "secret");
        try (Talk talk = talk(1, 1); ProducerTemplate template = talk.context().createProducerTemplate()) {
            talk.context().getShutdownStrategy().setTimeout(1);
            var hanging = gws.faults().always(Step.LOGIN, new Fault.Hang());
            CompletableFuture<Exchange> first = lists(talk, template, "first");
            assertThat(gws.awaitRequest(Step.LOGIN, 1, Talk.PATIENCE)).isTrue();
            CompletableFuture<Exchange> second = lists(talk, template, "second");
            talk.context().getComponent("imsession", IMSessionComponent.class).stop();
            for (CompletableFuture<Exchange> each : List.of(first, second)) {
                Awaitility.await().atMost(Talk.PATIENCE).until(each::isDone);
                assertThat(each.get().getException()).isInstanceOf(IMSessionOperationException.class);
            }
            hanging.clear();
        }
    }
}
