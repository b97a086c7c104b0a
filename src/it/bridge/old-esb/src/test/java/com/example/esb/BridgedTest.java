package com.example.esb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bridge with the settings in {@code routes/bridge}, as its own process, a simulated GWS where two agents chat, and
 * here a real Camel 2 that gets what alice hears.
 */
class BridgedTest {

    /** The same from src/it and from the copy in target/it. */
    private static final Path PROJECT = Paths.get("../../../..").toAbsolutePath().normalize();
    private static final String LIB = Paths.get("../camel-main/target/lib").toAbsolutePath().normalize() + "/*";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    private final List<Process> processes = new ArrayList<>();

    @Test
    void camel2GetsTextAndPlainHeaders() throws Exception {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("org.imsession.camel.IMSessionComponent"));
        BrokerService broker = new BrokerService();
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.addConnector("tcp://127.0.0.1:0");
        broker.start();
        String address = broker.getTransportConnectors().get(0).getConnectUri().toString();
        DefaultCamelContext esb = new DefaultCamelContext();
        esb.addComponent("jms", JmsComponent.jmsComponent(new ActiveMQConnectionFactory(address)));
        esb.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:queue:im.events?selector=imMessageType='IMLogUpdateMessage'")
                    .filter(header("imAgent").isEqualTo("alice"))
                    .process(exchange -> heard.add(exchange.getIn().copy()));
            }
        });
        esb.start();
        try {
            int port = freePort();
            java("org.imsession.simulator.GwsSimulatorMain", "", "", "--port", String.valueOf(port), "--agents",
                    "alice:secret,bob:secret", "--scenario", "chat", "--pace", "200");
            java("org.apache.camel.main.Main", "http://127.0.0.1:" + port, address, "-pl",
                    "file:routes/bridge/application.properties");
            Message message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertNotNull(message, () -> "Nothing arrived: " + logs());
            assertEquals(String.class, message.getBody().getClass());
            assertTrue(message.getBody(String.class).contains("\"messageType\":\"IMLogUpdateMessage\""));
            assertEquals("NewMessage", message.getHeader("imNotificationType"));
            assertNotNull(message.getHeader("imSequence"));
            assertEquals(Boolean.FALSE, message.getHeader("imRedelivered"));
            assertTrue(message.getHeader("imReceivedAt", Long.class) > 0);
            assertNotNull(message.getHeader("JMSXGroupID"));
            System.out.println("Camel " + esb.getVersion() + " got " + message.getBody() + " " + message.getHeaders());
        } finally {
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
            esb.stop();
            broker.stop();
        }
    }

    private void java(String main, String server, String broker, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(Arrays.asList(
                Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-Dim.state-dir=" + folder.resolve("sessions"), "-cp", LIB, main));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(PROJECT.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve(main + ".log").toFile());
        builder.environment().put("IMSESSION_SERVER", server);
        builder.environment().put("IMSESSION_USER", "alice");
        builder.environment().put("IMSESSION_PASSWORD", "secret");
        builder.environment().put("IMSESSION_BROKER", broker);
        processes.add(builder.start());
    }

    private String logs() {
        StringBuilder all = new StringBuilder();
        for (String main : Arrays.asList("org.imsession.simulator.GwsSimulatorMain", "org.apache.camel.main.Main")) {
            try {
                all.append(new String(Files.readAllBytes(folder.resolve(main + ".log"))));
            } catch (java.io.IOException e) {
                all.append(e);
            }
        }
        return all.toString();
    }

    private static int freePort() throws java.io.IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
