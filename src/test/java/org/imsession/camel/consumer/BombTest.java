package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.imsession.camel.gws.AnswerMemory;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Bomb;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Row S15: small answers that unpack to large ones, at each step; the feed gets over them, and holds nothing of them. */
class BombTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    static Stream<Arguments> bombs() {
        Bomb empty = new Bomb("{}", 14_000_000);
        Bomb replies = new Bomb("{\"channel\":\"/meta/x\",\"successful\":true,\"p\":\"" + "A".repeat(60_000) + "\"}", 700);
        Bomb lists = new Bomb("[[],[]]", 5_000_000);
        return Stream.of(Step.LOGIN, Step.HANDSHAKE, Step.SUBSCRIBE, Step.CONNECT, Step.SNAPSHOT).flatMap(step ->
                Stream.of(empty, replies, lists).map(bomb -> Arguments.argumentSet(step + " " + bomb.json().length(),
                        step, bomb)));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void aSmallAnswerThatUnpacksToALargeOneCostsItsRequestOnly(Step step, Bomb bomb) throws Exception {
        ArmedFault armed = gws.faults().add(FaultRule.at(step, bomb).times(2));
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "requestTimeout=10000"))) {
            assertThat(armed.awaitHits(2, ListeningRoute.PATIENCE)).isTrue();
            route.awaitSettled();
            gws.agent("alice").session().says("after");
            assertThat(route.takeText()).isEqualTo("after");
        }
        assertThat(AnswerMemory.OF_THIS_JVM.used()).isLessThan(1 << 20);
    }
}
