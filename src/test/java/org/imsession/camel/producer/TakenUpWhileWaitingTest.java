package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.IMSessionConfiguration;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.store.FilePositionRepository;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A route comes back to a feed that a producer kept alive, so its session is taken up anew: what an operation waits for
 * may come again, or come first, or come late.
 */
class TakenUpWhileWaitingTest {

    private static final String WAIT = "alice?operation=sendMessage&waitForEvent=true&waitTimeout=20000";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    /** When the server does what was asked of it. */
    enum Done { BEFORE_THE_FIRST_ANSWER, BEFORE_THE_SUBSCRIPTION, AFTERWARDS }

    /** With the first answer it was taken for something of long ago, and the operation had no end but its time-out. */
    @ParameterizedTest
    @CsvSource({ "BEFORE_THE_FIRST_ANSWER, true", "BEFORE_THE_SUBSCRIPTION, true", "AFTERWARDS, true",
            "AFTERWARDS, false" })
    void anOperationEndsWithItsNotification(Done done, boolean acknowledging) throws Exception {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        CountDownLatch gate = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        try (Talk talk = new Talk(gws)) {
            IMSessionConfiguration options = talk.context().getComponent("imsession", IMSessionComponent.class)
                    .getConfiguration();
            options.setRequestTimeout(20_000);
            options.setWatchServices(false); // the reply to its subscription brings events, too
            talk.listens("alice", exchange -> {
                if (exchange.getIn().getBody() instanceof IMLogUpdateMessage text && text.message().equals("held")
                        && first.getAndSet(false)) {
                    gate.await(60, TimeUnit.SECONDS);
                }
            });
            var session = gws.agent("alice").talksTo("bob");
            talk.did(WAIT, "first", IMSessionConstants.TARGET_ID, session.id()); // from now on it needs the feed, too
            assertThat(Talk.text(talk.nextText("alice"))).isEqualTo("first");
            session.says("held");
            assertThat(Talk.text(talk.nextText("alice"))).isEqualTo("held");
            ArmedFault asked = gws.faults().once(Step.OPERATION, new Fault.Hang());
            CompletableFuture<Exchange> waiting = CompletableFuture.supplyAsync(() ->
                    talk.does(WAIT, "second", IMSessionConstants.TARGET_ID, session.id()));
            assertThat(asked.awaitHits(1, Talk.PATIENCE)).isTrue();
            talk.context().getRouteController().stopRoute("alice", 1, TimeUnit.SECONDS);
            takeUp(talk, done, asked);
            Exchange ended = waiting.get(30, TimeUnit.SECONDS);
            assertThat(ended.getException()).isNull();
            assertThat(ended.getMessage().getBody(IMLogUpdateMessage.class).message()).isEqualTo("second");
            List<String> expected = acknowledging ? List.of("held", "second") : List.of("second");
            Awaitility.await().atMost(Talk.PATIENCE).untilAsserted(() ->
                    assertThat(talk.texts("alice")).isEqualTo(expected));
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("sessions").isEqualTo(acknowledging ? 1 : 2);
            gate.countDown();
        }
    }

    /** Of all that the first answer brings nobody here knows whether it was an answer to somebody there. */
    @Test
    void whatCameForAnotherProcessIsNotTakenForNews(@TempDir Path folder) throws Exception {
        var session = gws.agent("alice").talksTo("bob");
        try (Talk before = new Talk(gws)) {
            before.context().getRegistry().bind("state", new FilePositionRepository(folder));
            before.listens("alice", "stateRepository=#state");
            session.says("zero");
            assertThat(Talk.text(before.nextText("alice"))).isEqualTo("zero");
            Awaitility.await().atMost(Talk.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
        }
        session.says("one").says("two");
        try (Talk after = new Talk(gws)) {
            after.context().getRegistry().bind("state", new FilePositionRepository(folder));
            ArmedFault held = gws.faults().once(Step.CONNECT, new Fault.Hang());
            after.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("imsession:alice?stateRepository=#state").process(each -> after.note("alice", each));
                }
            });
            assertThat(held.awaitHits(1, Talk.PATIENCE)).isTrue();
            after.did("alice?operation=sendMessage", "spoken", IMSessionConstants.TARGET_ID, session.id());
            held.release();
            for (String text : List.of("one", "two")) {
                Exchange heard = after.nextText("alice");
                assertThat(Talk.text(heard)).isEqualTo(text);
                assertThat(Talk.direction(heard)).as(text).isEqualTo("unknown");
            }
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("sessions").isEqualTo(1);
    }

    /** Starts the route again, and has the server answer the operation when it should. */
    private void takeUp(Talk talk, Done done, ArmedFault asked) throws Exception {
        if (done == Done.AFTERWARDS) {
            talk.context().getRouteController().startRoute("alice");
            Awaitility.await().atMost(Talk.PATIENCE).until(() ->
                    ((IMSessionConsumer) talk.context().getRoute("alice").getConsumer()).isResynchronised());
            asked.release();
            return;
        }
        ArmedFault held = gws.faults().once(done == Done.BEFORE_THE_FIRST_ANSWER ? Step.CONNECT : Step.SUBSCRIBE,
                new Fault.Hang());
        talk.context().getRouteController().startRoute("alice");
        assertThat(held.awaitHits(1, Talk.PATIENCE)).isTrue();
        long notified = gws.agent("alice").eventsSent();
        asked.release();
        Awaitility.await().atMost(Talk.PATIENCE).until(() -> gws.agent("alice").eventsSent() > notified);
        held.release();
    }
}
