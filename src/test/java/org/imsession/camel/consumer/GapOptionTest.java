package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

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
            assertThat(next.getIn().getHeader(IMSessionConstants.GAP)).isInstanceOf(FeedGap.class);
            assertThat(next.getIn().getBody()).isNotInstanceOf(FeedGap.class);
            Exchange later = route.take();
            assertThat(later.getIn().getHeader(IMSessionConstants.GAP)).isNull();
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

    @Test
    void aSecondSessionBeforeTheFirstWasCompletedRaisesASuspectedGapBeforeIt() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            gws.agent("alice").session().talks();
            route.takeOrigin("live");
            gws.agent("alice").sendRaw("{\"messageType\":\"IMSessionStateChangeMessage\",\"notificationType\":"
                    + "\"StatusChange\",\"imSession\":{\"id\":\"another\",\"state\":\"Alerting\"}}");
            FeedGap gap = (FeedGap) route.takeOrigin("gap").getIn().getBody();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.COMPLETION_MISSED);
            assertThat(route.take().getIn().getHeader(IMSessionConstants.ID)).isEqualTo("another");
            assertThat(log.with("IMS-006")).singleElement().asString()
                    .contains("agent=alice", "server=127.0.0.1:" + gws.port(), "COMPLETION_MISSED");
        }
    }
}
