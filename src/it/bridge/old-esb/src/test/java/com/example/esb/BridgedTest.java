package com.example.esb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Camel 2 gets what alice hears from the bridge beside it. */
class BridgedTest {

    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    private final DefaultCamelContext esb = new DefaultCamelContext();

    @BeforeEach
    void theComponentIsNotHere() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("org.imsession.camel.IMSessionComponent"));
    }

    @AfterEach
    void stop() throws Exception {
        esb.stop();
    }

    @Test
    void camel2GetsTextAndPlainHeadersByJms() throws Exception {
        BrokerService broker = new BrokerService();
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.addConnector("tcp://127.0.0.1:0");
        broker.start();
        String address = broker.getTransportConnectors().get(0).getConnectUri().toString();
        esb.addComponent("jms", JmsComponent.jmsComponent(new ActiveMQConnectionFactory(address)));
        listen("jms:queue:im.events?selector=imMessageType='IMLogUpdateMessage'");
        try (Bridge bridge = new Bridge(folder, "application.properties", "IMSESSION_BROKER", address)) {
            Message message = take(bridge);
            assertEquals(String.class, message.getBody().getClass());
            assertTrue(message.getBody(String.class).contains("\"messageType\":\"IMLogUpdateMessage\""));
            assertEquals("alice", message.getHeader("imAgent"));
            assertEquals("NewMessage", message.getHeader("imNotificationType"));
            assertNotNull(message.getHeader("imSequence"));
            assertEquals(Boolean.FALSE, message.getHeader("imRedelivered"));
            assertTrue(message.getHeader("imReceivedAt", Long.class) > 0);
            assertNotNull(message.getHeader("JMSXGroupID"));
        } finally {
            esb.stop();
            broker.stop();
        }
    }

    @Test
    void camel2GetsCloudEventsByHttp() throws Exception {
        String address = "http://127.0.0.1:" + Bridge.freePort() + "/im";
        listen("jetty:" + address);
        try (Bridge bridge = new Bridge(folder, "http.properties", "IMSESSION_ESB", address)) {
            Message message = take(bridge);
            while (!message.getBody(String.class).contains("IMLogUpdateMessage")) {
                assertTrue(message.getBody(String.class).contains("IMSessionStateChangeMessage"), () -> bridge.logs());
                message = take(bridge);
            }
            String event = message.getBody(String.class);
            assertEquals("application/cloudevents+json", message.getHeader("Content-Type"));
            assertTrue(message.getHeader("Idempotency-Key", String.class).startsWith("alice-"));
            assertTrue(event.contains("\"specversion\":\"1.0\""), event);
            assertTrue(event.contains("\"type\":\"org.imsession.IMLogUpdateMessage\""), event);
        }
    }

    private void listen(String address) throws Exception {
        esb.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(address).convertBodyTo(String.class).process(exchange -> heard.add(exchange.getIn().copy()))
                    .setBody(constant(""));
            }
        });
        esb.start();
    }

    private Message take(Bridge bridge) throws InterruptedException {
        Message message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(message, () -> "Nothing arrived: " + bridge.logs());
        return message;
    }
}
