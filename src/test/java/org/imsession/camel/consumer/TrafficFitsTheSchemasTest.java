package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataType;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.json.Schemas;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.transformer.CloudEventsDataTypeTransformer;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is made of the traffic of the simulator. */
class TrafficFitsTheSchemasTest {

    private static final IMSessionJson JSON = new IMSessionJson();

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @Test
    void eachEventFitsAsItIsWritten() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            gws.agent("alice").session().says("Hello").hears("caf\u00e9 \ud83d\ude00")
                    .attach(Map.of("a", 1.5, "b", true)).complete();
            // the session, two texts, the data, the end
            List<Exchange> events = Stream.generate(() -> taken(route)).limit(5).toList();

            assertThat(events).allSatisfy(each -> {
                IMSessionNotification event = each.getMessage().getBody(IMSessionNotification.class);
                assertThat(Schemas.errors("IMSessionNotification", JSON.write(event))).as(event.raw()).isEmpty();
                assertThat(Schemas.errors(event.getClass().getSimpleName(), JSON.write(event))).isEmpty();
                new CloudEventsDataTypeTransformer().transform(each.getMessage(), DataType.ANY, DataType.ANY);
                assertThat(Schemas.errors("CloudEvent", each.getMessage().getBody(String.class))).isEmpty();
            });
        }
    }

    private static Exchange taken(ListeningRoute route) {
        try {
            return route.take();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
