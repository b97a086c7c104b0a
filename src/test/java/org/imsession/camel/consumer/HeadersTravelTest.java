package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.SessionState;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each header of an event, copied as it is under a name that JMS and HTTP let through, arrives there and in a file. A
 * state was dropped by JMS without a word, because it was no text, number or boolean.
 */
class HeadersTravelTest {

    private static final String BROKER = "vm://headers?broker.persistent=false&broker.useJmx=false"
            + "&broker.useShutdownHook=false";
    private static final List<String> OF_EVENTS = ofEvents();

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;

    private final List<Map<String, String>> posts = Collections.synchronizedList(new ArrayList<>());

    private static List<String> ofEvents() {
        return Stream.of(IMSessionConstants.class.getFields()).filter(field -> !List.of("OPERATION", "TARGET_ID",
                "DESTINATION", "DEVICE_PATH", "USER_DATA_KEY").contains(field.getName())).map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                }).toList();
    }

    private static String copyOf(String name) {
        return "x" + name;
    }

    private static void copy(Exchange exchange) {
        OF_EVENTS.forEach(name -> {
            if (exchange.getIn().getHeader(name) != null) {
                exchange.getIn().setHeader(copyOf(name), exchange.getIn().getHeader(name));
            }
        });
    }

    private RouteBuilder routes(String http) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(ListeningRoute.uri(gws, "alice", "gaps=header", "bodyType=json")).routeId("listening")
                        .process(HeadersTravelTest::copy)
                        .multicast().stopOnException().to("jms:queue:headers", http, "direct:file");
                from("direct:file")
                        .setBody(simple(OF_EVENTS.stream().map(name -> name + "=${header." + name + "}")
                                .collect(Collectors.joining("|"))))
                        .to("file:" + folder + "?fileName=${header.CamelIMSessionAgentFileName}.txt&fileExist=Append"
                                + "&appendChars=%0A");
            }
        };
    }

    @Test
    void everyHeaderArrivesByJmsHttpAndFile() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", request -> {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            request.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            posts.add(headers);
            try (request) {
                request.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        ActiveMQConnectionFactory broker = new ActiveMQConnectionFactory(BROKER);
        try (JMSContext jms = broker.createContext(); ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.addComponent("jms", JmsComponent.jmsComponent(broker)))) {
            JMSConsumer queue = jms.createConsumer(jms.createQueue("headers"));
            route.context().addRoutes(routes("http://127.0.0.1:" + server.getAddress().getPort()));
            route.start().awaitSettled();
            gws.agent("alice").dropBayeuxSession();
            await().atMost(ListeningRoute.PATIENCE).until(() -> route.attribute("Gaps").equals("1"));
            route.awaitSettled();
            gws.agent("alice").session().talks().says("Hello").complete();
            gws.agent("alice").sendRaw("{\"messageType\":\"IMLogUpdateMessage\",\"notificationType\":\"NewMessage\","
                    + "\"imSessionPath\":\"" + gws.agent("alice").session().path() + "\",\"message\":\"late\"}");
            gws.agent("alice").publishOn("/v2/me/devices", "{}").sendRaw("{}");
            assertArrived(queue);
        } finally {
            server.stop(0);
        }
    }

    private void assertArrived(JMSConsumer queue) throws Exception {
        TreeSet<String> seen = new TreeSet<>();
        TreeSet<String> states = new TreeSet<>();
        for (int event = 0; !seen.containsAll(OF_EVENTS); event++) {
            Message message = queue.receive(ListeningRoute.PATIENCE.toMillis());
            assertThat(message).as("a message; all but of " + missing(seen) + " came").isNotNull();
            int number = event;
            await().atMost(ListeningRoute.PATIENCE).until(() -> Files.exists(folder.resolve("alice.txt"))
                    && Files.readAllLines(folder.resolve("alice.txt")).size() > number);
            String line = Files.readAllLines(folder.resolve("alice.txt")).get(event) + "|";
            for (String name : OF_EVENTS) {
                Object byJms = message.getObjectProperty(copyOf(name));
                assertThat(posts.get(event).get(copyOf(name))).as(name + " by HTTP")
                        .isEqualTo(byJms == null ? null : String.valueOf(byJms));
                assertThat(line).as("file").contains(name + "=" + (byJms == null ? "" : byJms) + "|");
                if (byJms != null) {
                    seen.add(name);
                }
            }
            if (message.getStringProperty(copyOf(IMSessionConstants.STATE)) != null) {
                states.add(message.getStringProperty(copyOf(IMSessionConstants.STATE)));
            }
            if (message.getStringProperty(copyOf(IMSessionConstants.GAP)) != null) {
                assertThat(message.getStringProperty(copyOf(IMSessionConstants.GAP)))
                        .startsWith("{\"messageType\":\"FeedGap\"").endsWith("}");
            }
        }
        assertThat(states).isSubsetOf(Stream.of(SessionState.values()).map(Enum::name).toList()).contains("TALKING");
    }

    private static List<String> missing(TreeSet<String> seen) {
        return OF_EVENTS.stream().filter(name -> !seen.contains(name)).toList();
    }

    /** What was compared and read when these were objects is compared and read the same way. */
    @Test
    void aStateAndAGapAreComparedAndReadBack() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "gaps=header"))) {
            route.awaitSettled();
            gws.agent("alice").dropBayeuxSession();
            await().atMost(ListeningRoute.PATIENCE).until(() -> route.attribute("Gaps").equals("1"));
            route.awaitSettled();
            gws.agent("alice").session().talks();
            Exchange exchange = route.take();
            assertThat(exchange.getIn().getHeader(IMSessionConstants.GAP, FeedGap.class).agent()).isEqualTo("alice");
            while (!"TALKING".equals(exchange.getIn().getHeader(IMSessionConstants.STATE))) {
                exchange = route.take();
            }
            assertThat(exchange.getIn().getHeader(IMSessionConstants.STATE, SessionState.class))
                    .isEqualTo(SessionState.TALKING);
            for (String comparison : List.of("== 'TALKING'", "=~ 'Talking'", "!= 'COMPLETED'",
                    "in 'TALKING,ALERTING'")) {
                assertThat(route.context().resolveLanguage("simple").createPredicate("${header.CamelIMSessionState} "
                        + comparison).matches(exchange)).as(comparison).isTrue();
            }
        }
    }
}
