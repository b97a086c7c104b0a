package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.command.Message;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class JmsSinkTest {

    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;

    @Test
    void theDocumentedNotificationsArriveAsTextMessagesWithProperties() throws Exception {
        try (SampleRoutes routes = start()) {
            gws.agent("alice").sendRaw(Documented.STATE_CHANGE).sendRaw(Documented.MESSAGE);

            TextMessage stateChange = take(routes, "im.state-changes");
            assertThat(JSON.readTree(stateChange.getText()).path("imSession").path("id").asText())
                    .isEqualTo(Documented.SESSION);
            assertThat(stateChange.getStringProperty("imState")).isEqualTo("TALKING");
            TextMessage message = take(routes, "im.messages");
            assertThat(JSON.readTree(message.getText())).isEqualTo(JSON.readTree(Documented.MESSAGE));
            assertThat(message.getStringProperty("imAgent")).isEqualTo("alice");
            assertThat(message.getStringProperty("imMessageType")).isEqualTo("IMLogUpdateMessage");
            assertThat(message.getStringProperty("imNotificationType")).isEqualTo("NewMessage");
            assertThat(message.getStringProperty("imOrigin")).isEqualTo("live");
            assertThat(message.getStringProperty("imSequence"))
                    .isNotEmpty().isNotEqualTo(stateChange.getStringProperty("imSequence"));
            assertThat(message.getBooleanProperty("imRedelivered")).isFalse();
            assertThat(message.getLongProperty("imReceivedAt")).isPositive();
            assertThat(message.getStringProperty("imContentType")).isEqualTo("application/json");
            assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo(Documented.SESSION);
        }
    }

    @Test
    void messagesSurviveARestartOfTheBroker() throws Exception {
        try (SampleRoutes routes = start()) {
            gws.agent("alice").sendRaw(Documented.MESSAGE);
            assertThat(gws.agent("alice").awaitSubscribers(1, SampleRoutes.PATIENCE)).isTrue();
            org.awaitility.Awaitility.await().atMost(SampleRoutes.PATIENCE).until(() ->
                    gws.agent("alice").queued() == 0);
        }
        try (SampleRoutes routes = start()) {
            assertThat(take(routes, "im.messages").getText()).contains("Hello! This is my first message.");
        }
    }

    @Test
    void whatAQueueRefusesIsRolledBackAndGoesToTheDeadLetterQueue() throws Exception {
        BrokerService broker = new BrokerService();
        broker.setBrokerName("imsession");
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.setPlugins(new BrokerPlugin[] { next -> new RefusingQueue(next, "im.messages") });
        broker.start();
        try (SampleRoutes routes = start()) {
            gws.agent("alice").sendRaw(Documented.MESSAGE).sendRaw(Documented.STATE_CHANGE);

            TextMessage dead = take(routes, "im.dead-letter");
            assertThat(JSON.readTree(dead.getText())).isEqualTo(JSON.readTree(Documented.MESSAGE));
            assertThat(dead.getStringProperty("imAgent")).isEqualTo("alice");
            assertThat(take(routes, "im.state-changes").getText()).contains(Documented.SESSION);
            assertThat(routes.context().createConsumerTemplate().receive("im-jms:queue:im.messages", 50)).isNull();
        } finally {
            broker.stop();
        }
    }

    private static TextMessage take(SampleRoutes routes, String queue) throws JMSException {
        Exchange exchange = routes.context().createConsumerTemplate()
                .receive("im-jms:queue:" + queue, SampleRoutes.PATIENCE.toMillis());
        assertThat(exchange).as("a message in " + queue).isNotNull();
        return (TextMessage) exchange.getIn(JmsMessage.class).getJmsMessage();
    }

    private SampleRoutes start() throws Exception {
        return SampleRoutes.start(gws, folder, Map.of("im.to.state-changes", "direct:jms-state-changes",
                "im.to.messages", "direct:jms-messages", "im.jms.retries", "2", "im.jms.retry-delay", "20"));
    }

    /** A broker that refuses what is sent to one queue. */
    private static final class RefusingQueue extends BrokerFilter {

        private final String queue;

        RefusingQueue(org.apache.activemq.broker.Broker next, String queue) {
            super(next);
            this.queue = queue;
        }

        @Override
        public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
            if (message.getDestination().getPhysicalName().equals(queue)) {
                throw new JMSException("This queue refuses everything");
            }
            super.send(exchange, message);
        }
    }
}
