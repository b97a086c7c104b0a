package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GapOptionTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private ListeningRoute afterAGap(String option) throws Exception {
        ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", option));
        route.awaitSettled();
        gws.agent("alice").dropBayeuxSession();
        Awaitility.await().atMost(ListeningRoute.PATIENCE)
                .until(() -> route.attribute("Gaps").equals("1"));
        route.awaitSettled();
        gws.agent("alice").session().says("after");
        return route;
    }

    @Test
    void byDefaultAGapIsAnExchangeOfItsOwn() throws Exception {
        try (ListeningRoute route = afterAGap("gaps=exchange")) {
            assertThat(route.takeOrigin("gap").getIn().getBody()).isInstanceOf(FeedGap.class);
        }
    }

    @Test
    void aGapCanBeAHeaderOfTheNextExchange() throws Exception {
        try (ListeningRoute route = afterAGap("gaps=header")) {
            Exchange next = route.take();
            assertThat(next.getIn().getHeader(IMSessionConstants.GAP)).isInstanceOf(String.class).asString()
                    .startsWith("{\"messageType\":\"FeedGap\",\"agent\":\"alice\",");
            assertThat(next.getIn().getHeader(IMSessionConstants.GAP, FeedGap.class).agent()).isEqualTo("alice");
            assertThat(next.getIn().getBody()).isNotInstanceOf(FeedGap.class);
            Exchange later = route.take();
            assertThat(later.getIn().getHeader(IMSessionConstants.GAP)).isNull();
        }
    }

    /** The second used to take the place of the first. */
    @Test
    void twoGapsBeforeTheNextExchangeAreOneHeaderThatCoversBoth() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "gaps=header"))) {
            route.awaitSettled();
            Instant first = Instant.now();
            for (int gap = 1; gap <= 2; gap++) {
                gws.agent("alice").dropBayeuxSession();
                String number = String.valueOf(gap);
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                        route.attribute("Gaps").equals(number));
                route.awaitSettled();
            }
            gws.agent("alice").session().says("after");
            FeedGap told = route.take().getIn().getHeader(IMSessionConstants.GAP, FeedGap.class);
            assertThat(told.from()).isBefore(first);
            assertThat(told.detail()).contains("; then ");
        }
    }

    /** The redelivery used to come without it. */
    @Test
    void aGapWhoseExchangeFailedIsToldAgain() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (ListeningRoute route = ListeningRoute.from(
                ListeningRoute.uri(gws, "alice", "gaps=header", "ackFailed=false"),
                exchange -> {
                    if (attempts.getAndIncrement() == 0) {
                        throw new IllegalStateException("sink refuses");
                    }
                })) {
            route.awaitSettled();
            gws.agent("alice").dropBayeuxSession();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.attribute("Gaps").equals("1"));
            route.awaitSettled();
            gws.agent("alice").session().says("after");
            Exchange refused = route.take();
            Exchange again = route.take();
            assertThat(again.getIn().getHeader(IMSessionConstants.GAP)).isNotNull()
                    .isEqualTo(refused.getIn().getHeader(IMSessionConstants.GAP));
            assertThat(route.take().getIn().getHeader(IMSessionConstants.GAP)).isNull();
        }
    }

    @Test
    void aGapCanBeCountedOnly() throws Exception {
        try (ListeningRoute route = afterAGap("gaps=count")) {
            Exchange exchange;
            do {
                exchange = route.take();
                assertThat(exchange.getIn().getHeader(IMSessionConstants.GAP)).isNull();
                assertThat(exchange.getIn().getBody()).isNotInstanceOf(FeedGap.class);
            } while (!(exchange.getIn().getBody() instanceof IMLogUpdateMessage));
        }
    }

    /** It used to be a gap, whose window did not hold the moment of the loss. */
    @Test
    void aSecondSessionBeforeTheFirstWasCompletedIsAnAnomalyAndNoGap() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            gws.agent("alice").session().talks();
            route.takeOrigin("live");
            gws.agent("alice").sendRaw("{\"messageType\":\"IMSessionStateChangeMessage\",\"notificationType\":"
                    + "\"StatusChange\",\"imSession\":{\"id\":\"another\",\"state\":\"Alerting\"}}");
            Exchange second = route.take();
            while (!"another".equals(second.getIn().getHeader(IMSessionConstants.ID))) {
                assertThat(second.getIn().getBody()).isNotInstanceOf(FeedGap.class);
                second = route.take();
            }
            assertThat(second.getIn().getHeader(IMSessionConstants.ANOMALY, String.class)).contains("second session");
            assertThat(route.attribute("Gaps")).isEqualTo("0");
            assertThat(log.with("IMS-006")).isEmpty();
        }
    }
}
