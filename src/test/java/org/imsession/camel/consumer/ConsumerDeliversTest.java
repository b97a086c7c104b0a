package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConsumerDeliversTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @Test
    void stateChangesAndMessagesArriveTypedAndInOrder() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            assertThat(gws.agent("alice").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
            route.awaitSettled();
            var session = gws.agent("alice").session().says("Hello").attach(Map.of("favColor", "blue"));
            session.complete();

            Exchange first = route.take();
            assertThat(first.getIn().getBody()).isInstanceOf(IMSessionStateChangeMessage.class);
            assertThat(first.getIn().getHeaders())
                    .containsEntry(IMSessionConstants.AGENT, "alice")
                    .containsEntry(IMSessionConstants.ID, session.id())
                    .containsEntry(IMSessionConstants.PATH, session.path())
                    .containsEntry(IMSessionConstants.ORIGIN, "live")
                    .containsEntry(IMSessionConstants.REDELIVERED, false)
                    .containsEntry(IMSessionConstants.DELIVERY_GUARANTEE, "at-least-once");
            assertThat(route.takeText()).isEqualTo("Hello");
            IMSessionStateChangeMessage attached = (IMSessionStateChangeMessage) route.takeBody();
            assertThat(attached.imSession().userData()).containsEntry("favColor", "blue");
            Exchange last = route.take();
            assertThat(last.getIn().getHeader(IMSessionConstants.STATE)).isEqualTo("COMPLETED");
            assertThat(last.getIn().getHeader(IMSessionConstants.PREVIOUS_STATE)).isEqualTo("TALKING");
        }
        assertThat(gws.requests().count(Step.DISCONNECT)).isEqualTo(1);
        assertThat(gws.requests().count(Step.END_CONTACT_CENTER_SESSION)).isZero();
    }

    @Test
    void aThousandTextsArriveOnceEachInOrder() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            var session = gws.agent("alice").session();
            List<String> texts = IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
            texts.forEach(session::says);
            for (String text : texts) {
                assertThat(route.takeText()).isEqualTo(text);
            }
            assertThat(route.rest()).noneMatch(e -> e.getIn().getBody() instanceof IMLogUpdateMessage);
        }
    }
}
