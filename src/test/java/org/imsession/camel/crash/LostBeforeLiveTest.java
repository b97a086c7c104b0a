package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.StateRepository;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that a session brought before its subscription was confirmed, and that session is lost. */
class LostBeforeLiveTest {

    private static final Duration PATIENCE = ListeningRoute.PATIENCE;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private ListeningRoute listen(StateRepository<String, String> repository, Processor step) throws Exception {
        return ListeningRoute.prepared().with(context -> context.getRegistry().bind("state", repository))
                .add("listening", ListeningRoute.uri(gws, "alice", "stateRepository=#state"), step).start();
    }

    /**
     * The gap began behind the events that the lost session had brought, and was told before them: killed with the first
     * in the route, the others were in no route and in no gap.
     */
    @ParameterizedTest
    @ValueSource(strings = { "402::Unknown client", "403::denied" })
    void whatALostResumedSessionBroughtIsDeliveredOrInsideOneGapIfTheProcessIsKilledThen(String refusal)
            throws Exception {
        Drawer kept = new Drawer();
        try (ListeningRoute route = listen(kept, exchange -> { })) {
            route.awaitSettled();
            assertThat(gws.agent("alice").awaitHeldConnect(PATIENCE)).isTrue();
        }
        Map<String, Instant> sent = new LinkedHashMap<>();
        for (String text : List.of("e1", "e2", "e3")) {
            sent.put(text, Instant.now());
            gws.agent("alice").session().says(text);
        }
        ArmedFault refused = gws.faults().once(Step.SUBSCRIBE, new Fault.Withhold());
        Drawer asKilled;
        List<FeedGap> told = new ArrayList<>();
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (ListeningRoute route = listen(kept, exchange -> {
            if (exchange.getIn().getBody() instanceof IMLogUpdateMessage) {
                working.countDown();
                never.await(20, TimeUnit.SECONDS);
            }
        })) {
            assertThat(refused.awaitHits(1, PATIENCE)).isTrue();
            Awaitility.await().atMost(PATIENCE).until(() -> route.consumer().getPendingEvents() >= 3);
            gws.faults().once(Step.CONNECT, Fault.bayeuxError(refusal));
            gws.agent("alice").dropBayeuxSession();
            told.add(route.inbox().takeGap());
            assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().atMost(PATIENCE).until(() -> gws.agent("alice").heldConnects() == 1);
            asKilled = kept.copy();
            never.countDown();
        }
        List<String> delivered = new ArrayList<>();
        try (ListeningRoute route = listen(asKilled, exchange -> { })) {
            gws.agent("alice").session().says("after");
            Exchange next;
            do {
                next = route.inbox().take();
                if (next.getIn().getBody() instanceof FeedGap gap) {
                    told.add(gap);
                } else if (next.getIn().getBody() instanceof IMLogUpdateMessage text) {
                    delivered.add(text.message());
                }
            } while (!delivered.contains("after"));
        }
        sent.forEach((text, moment) -> {
            long gaps = told.stream().filter(gap -> !moment.isBefore(gap.from()) && moment.isBefore(gap.to())).count();
            assertThat(delivered.contains(text) || gaps == 1).as("%s in %d gaps of %s, delivered %s", text, gaps, told,
                    delivered).isTrue();
        });
    }

    /** Nothing had been promised yet, it was said, but two events had been delivered. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aFirstSessionThatWasLostBeforeItWasSubscribedIsLiableFromItsFirstEventOn(boolean acknowledging)
            throws Exception {
        gws.settings(settings -> acknowledging ? settings.with(GwsSwitch.MESSAGES_IN_HANDSHAKE)
                : settings.with(GwsSwitch.MESSAGES_IN_HANDSHAKE).without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        gws.agent("alice").greetsWith("{\"messageType\":\"IMLogUpdateMessage\",\"notificationType\":\"NewMessage\","
                + "\"imSessionPath\":\"/im-sessions/1\",\"message\":\"early\"}");
        ArmedFault withheld = gws.faults().once(Step.SUBSCRIBE, new Fault.Hang());
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            assertThat(withheld.awaitHits(1, PATIENCE)).isTrue();
            Awaitility.await().atMost(PATIENCE).until(() -> route.consumer().getPendingEvents() == 1);
            Instant sent = Instant.now();
            gws.agent("alice").dropBayeuxSession();
            withheld.clear();
            List<FeedGap> told = new ArrayList<>();
            Exchange next = route.inbox().take();
            while (!(next.getIn().getBody() instanceof IMLogUpdateMessage)) {
                told.add(next.getIn().getBody(FeedGap.class));
                next = route.inbox().take();
            }
            assertThat(told).singleElement().satisfies(gap -> assertThat(sent).isBetween(gap.from(), gap.to()));
        }
    }
}
