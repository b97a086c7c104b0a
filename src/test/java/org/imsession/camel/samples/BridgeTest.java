package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.camel.main.Main;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The settings of the bridge as they are, a broker of its own, and on the other side a plain JMS client, which stands
 * for an ESB that cannot load this component.
 */
class BridgeTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String QUEUE = "im.events";
    private static final int TEXTS = 100;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;

    private BrokerService broker;
    private String address;
    private Main bridge;

    @BeforeEach
    void start() throws Exception {
        broker = broker("tcp://127.0.0.1:0");
        address = broker.getTransportConnectors().get(0).getConnectUri().toString();
        bridge = new Main();
        bridge.setPropertyPlaceholderLocations("file:routes/bridge/application.properties");
        bridge.addOverrideProperty("im.server", gws.url());
        bridge.addOverrideProperty("camel.route-template[im-agent].agent", "alice");
        bridge.addOverrideProperty("im.password", "secret");
        bridge.addOverrideProperty("im.state-dir", folder.resolve("sessions").toString());
        bridge.addOverrideProperty("camel.beans.imBroker.brokerURL", address);
        bridge.addOverrideProperty("im.jms.retries", "1");
        bridge.addOverrideProperty("im.jms.retry-delay", "50");
        bridge.start();
        assertThat(gws.awaitRequest(Step.SNAPSHOT, 1, SampleRoutes.PATIENCE)).isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        bridge.stop();
        broker.stop();
    }

    @Test
    void whatArrivesIsPersistentTextWithHeadersThatAnyClientCanRead() throws Exception {
        gws.agent("alice").sendRaw(Documented.MESSAGE).sendRaw("{\"messageType\":\"NewKind\"}");
        try (Connection connection = connect()) {
            MessageConsumer consumer = consumer(connection, "");
            TextMessage message = take(consumer);
            assertThat(JSON.readTree(message.getText())).isEqualTo(JSON.readTree(Documented.MESSAGE));
            assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
            // ActiveMQ's client tells the last from 6.3 on; it comes from no sender
            assertThat(names(message)).filteredOn(name -> !name.equals("JMSXDeliveryCount"))
                    .containsExactlyInAnyOrder("imAgent", "imMessageType", "imNotificationType",
                    "imOrigin", "imSequence", "imRedelivered", "imReceivedAt", "imContentType", "JMSXGroupID",
                            "JMSXGroupSeq");
            assertThat(take(consumer).getStringProperty("imMessageType")).isEqualTo("NewKind");
        }
    }

    @Test
    void aSelectorChoosesByTheHeaders() throws Exception {
        gws.agent("alice").sendRaw(Documented.STATE_CHANGE).sendRaw(Documented.MESSAGE);
        try (Connection connection = connect()) {
            MessageConsumer consumer = consumer(connection, "imMessageType = 'IMLogUpdateMessage'");
            assertThat(JSON.readTree(take(consumer).getText())).isEqualTo(JSON.readTree(Documented.MESSAGE));
        }
    }

    @Test
    void nothingIsLostWhileTheBrokerIsAway() throws Exception {
        var session = gws.agent("alice").session().talks();
        IntStream.range(0, TEXTS / 2).forEach(i -> session.says(String.valueOf(i)));
        broker.stop();
        IntStream.range(TEXTS / 2, TEXTS).forEach(i -> session.says(String.valueOf(i)));
        broker = broker(address);
        Set<String> sequences = new LinkedHashSet<>();
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect()) {
            MessageConsumer consumer = consumer(connection, "imMessageType = 'IMLogUpdateMessage'");
            while (texts.size() < TEXTS) {
                TextMessage message = take(consumer);
                if (sequences.add(message.getStringProperty("imSequence"))) {
                    texts.add(JSON.readTree(message.getText()).path("message").asText());
                }
            }
        }
        assertThat(texts).as("by imSequence, each once and in order")
                .isEqualTo(IntStream.range(0, TEXTS).mapToObj(String::valueOf).toList());
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
    }

    private BrokerService broker(String at) throws Exception {
        BrokerService made = new BrokerService();
        made.setBrokerName("old-esb");
        made.setDataDirectoryFile(folder.resolve("broker").toFile());
        made.setUseJmx(false);
        made.addConnector(at);
        made.start();
        return made;
    }

    private Connection connect() throws JMSException {
        Connection connection = new ActiveMQConnectionFactory(address).createConnection();
        connection.start();
        return connection;
    }

    private static MessageConsumer consumer(Connection connection, String selector) throws JMSException {
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        return session.createConsumer(session.createQueue(QUEUE), selector);
    }

    private static TextMessage take(MessageConsumer consumer) throws JMSException {
        TextMessage message = (TextMessage) consumer.receive(SampleRoutes.PATIENCE.toMillis());
        assertThat(message).as("a message in time").isNotNull();
        return message;
    }

    private static List<String> names(TextMessage message) throws JMSException {
        List<String> names = new ArrayList<>();
        ((Enumeration<?>) message.getPropertyNames()).asIterator()
                .forEachRemaining(name -> names.add(String.valueOf(name)));
        return names;
    }
}
