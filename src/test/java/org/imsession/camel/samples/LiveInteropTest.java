package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.junit.jupiter.api.Test;

/**
 * Our consumer against a server that nobody of us wrote: routes from {@code cometd:} for the events and {@code jetty:}
 * for what GWS answers over REST, all behind one address, as {@code routes/cometd} has them.
 */
class LiveInteropTest {

    @Test
    void ourConsumerFollowsARouteOfCamelCometd() throws Exception {
        String front = String.valueOf(SampleRoutes.freePort());
        Main gws = new Main();
        gws.setPropertyPlaceholderLocations("file:routes/cometd/cometd.properties");
        gws.addOverrideProperty("camel.main.routes-include-pattern", "file:routes/cometd/gws.yaml");
        gws.addOverrideProperty("gws.port", front);
        gws.addOverrideProperty("gws.cometd-port", String.valueOf(SampleRoutes.freePort()));
        try (CamelContext user = new DefaultCamelContext()) {
            gws.start();
            List<String> texts = new CopyOnWriteArrayList<>();
            user.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("imsession:alice?serverUrl=http://127.0.0.1:" + front
                            + "&password=secret&notificationsPath=/cometd").routeId("chats")
                            .filter(body().isInstanceOf(IMLogUpdateMessage.class))
                            .process(exchange -> texts.add(exchange.getMessage()
                                    .getBody(IMLogUpdateMessage.class).message()));
                }
            });
            user.start();

            // what is published while nobody is subscribed is dropped by camel-cometd without a word
            await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(500)).until(() -> {
                notify(gws.getCamelContext(), "first");
                return texts.contains("first");
            });
            List<String> said = IntStream.range(0, 50).mapToObj(i -> "said " + i).toList();
            said.forEach(text -> notify(gws.getCamelContext(), text));
            await().atMost(Duration.ofSeconds(60)).until(() -> texts.contains("said 49"));
            assertThat(texts.stream().filter(text -> text.startsWith("said "))).containsExactlyElementsOf(said);
        } finally {
            gws.stop();
        }
    }

    private static void notify(CamelContext gws, String text) {
        gws.createProducerTemplate().sendBody("direct:gws-events", Map.of("messageType", "IMLogUpdateMessage",
                "notificationType", "NewMessage", "imSessionPath", "/im-sessions/S1", "message", text));
    }
}
