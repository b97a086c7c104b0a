package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.camel.spi.StateRepository;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sentence 4 of the delivery contract, on a bad network: what fails on the way to a session that is being resumed does
 * not end it. Found by the soak, where such a restart gave the session up and reported a gap for nothing.
 */
class InterruptedResumptionTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    static Stream<Arguments> interruptions() {
        return Stream.of(Step.SUBSCRIBE, Step.CONNECT).flatMap(step -> Stream.of(
                Arguments.of(step, new Fault.LoseAnswer(true)), Arguments.of(step, new Fault.CloseConnection(false)),
                Arguments.of(step, Fault.status(503)), Arguments.of(step, Fault.accessDenied())));
    }

    private ListeningRoute listen(StateRepository<String, String> repository) throws Exception {
        return ListeningRoute.prepared().with(context -> context.getRegistry().bind("state", repository))
                .add("listening", ListeningRoute.uri(gws, "alice", "stateRepository=#state")).start();
    }

    @ParameterizedTest
    @MethodSource("interruptions")
    void aResumptionThatIsInterruptedIsTriedAgain(Step step, Fault fault) throws Exception {
        Drawer kept = new Drawer();
        try (ListeningRoute route = listen(kept)) {
            route.awaitSettled();
            gws.agent("alice").session().says("one");
            assertThat(route.inbox().takeText()).isEqualTo("one");
        }
        gws.agent("alice").session().says("two").says("three");
        var interruption = gws.faults().once(step, fault);
        try (ListeningRoute route = listen(kept)) {
            assertThat(route.inbox().takeTexts(2)).containsExactly("two", "three");
            gws.agent("alice").session().says("four");
            assertThat(route.inbox().takeText()).as("and nothing twice").isEqualTo("four");
            assertThat(interruption.hits()).isEqualTo(1);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("one session for both").isEqualTo(1);
    }
}
