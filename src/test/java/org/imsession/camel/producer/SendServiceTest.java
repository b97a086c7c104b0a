package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTempQueue;
import org.apache.activemq.command.ActiveMQTextMessage;
import org.apache.activemq.command.ActiveMQTopic;
import org.apache.activemq.util.ByteSequence;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.imsession.camel.consumer.LogLines;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger who may write to the queue of routes/java/SendService.java can make bob do: say a text. */
class SendServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();

    /** An object that says when somebody makes it from its bytes. */
    private static final class Trap implements Serializable {

        private static final long serialVersionUID = 1L;
        private static final AtomicInteger SPRUNG = new AtomicInteger();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            SPRUNG.incrementAndGet();
        }
    }

    interface Kind {
        Message of(JMSContext jms) throws JMSException;
    }

    @RegisterExtension
    final LogLines log = new LogLines();
    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret")
            .agent("carol", "secret");

    private static final Main MAIN = new Main();
    private static SimulatedSession session;
    private static JMSContext jms;
    private int operationsBefore;

    /** Once, for the routes in Java are compiled each time. */
    @BeforeAll
    static void start(@TempDir Path folder) {
        CamelContext context = SampleRoutesTest.start(MAIN, GWS, folder, "im-send-service", Map.of("im.send.wait",
                "5000", "camel.route-template[im-sample].queue", "im.send",
                "camel.beans.imBroker.trustAllPackages", "true"));
        session = GWS.agent("bob").talksTo("alice");
        jms = context.getRegistry().lookupByNameAndType("imBroker", ConnectionFactory.class).createContext();
    }

    @AfterAll
    static void end() {
        if (jms != null) {
            jms.close();
        }
        MAIN.stop();
    }

    @BeforeEach
    void begin() {
        operationsBefore = operations();
    }

    private TextMessage text(String text) throws JMSException {
        TextMessage request = jms.createTextMessage(text);
        request.setStringProperty("imSession", session.id());
        return request;
    }

    private void send(Message request, Destination replyTo) throws JMSException {
        request.setJMSReplyTo(replyTo);
        jms.createProducer().send(jms.createQueue("im.send"), request);
    }

    private TextMessage answerTo(Message request) throws JMSException {
        Destination replies = request.getJMSReplyTo() == null ? jms.createTemporaryQueue() : request.getJMSReplyTo();
        try (JMSConsumer consumer = jms.createConsumer(replies)) {
            send(request, replies);
            TextMessage reply = (TextMessage) consumer.receive(60_000);
            assertThat(reply).as("an answer").isNotNull();
            return reply;
        }
    }

    private int operations() {
        return GWS.requests().requests(Step.OPERATION, "bob").size() - operationsBefore;
    }

    @Test
    void aRequestIsSaidAndAnsweredWithItsOutcome() throws Exception {
        TextMessage done = answerTo(text("Hello Alice"));
        assertThat(done.getStringProperty("imOutcome")).isEqualTo("DONE");
        assertThat(JSON.readTree(GWS.requests().last(Step.OPERATION).orElseThrow().text()).path("text").asText())
                .isEqualTo("Hello Alice");

        TextMessage lost = text("Hello nobody");
        lost.setStringProperty("imSession", "no-such-session");
        TextMessage failed = answerTo(lost);
        assertThat(failed.getStringProperty("imOutcome")).isEqualTo("FAILED");
        assertThat(failed.getIntProperty("imStatusCode")).isEqualTo(6);
        assertThat(failed.getBooleanProperty("imRetryable")).isFalse();
        assertThat(failed.getText()).contains("no such session").doesNotContain("Hello");

        GWS.faults().once(Step.OPERATION, Fault.status(504));
        GWS.settings(settings -> settings.without(GwsSwitch.ECHO_TO_SENDER));
        assertThat(answerTo(text("Perhaps")).getStringProperty("imOutcome")).isEqualTo("UNKNOWN_OUTCOME");
        GWS.settings(settings -> settings.with(GwsSwitch.ECHO_TO_SENDER));
    }

    /** camel-jms filters Camel and camel; Camel's map of headers knows no case (CVE-2026-40453). */
    @ParameterizedTest
    @ValueSource(strings = { "CAmel", "CAMEL", "camel", "Camel", "cAMEL" })
    void noPropertyOfARequestCommandsTheAgent(String camel) throws Exception {
        String alice = GWS.agent("alice").phoneNumber();
        for (String operation : List.of("complete", "attachUserData", "initiate", "listSessions", "blow up\nFORGED")) {
            TextMessage request = text("said by " + operation.strip());
            request.setStringProperty(camel + "IMSessionOperation", operation);
            request.setStringProperty(camel + "IMSessionDestination", GWS.agent("carol").phoneNumber());
            request.setStringProperty(camel + "IMSessionTargetId", "another");
            request.setStringProperty(camel + "IMSessionDevicePath", "/devices/another");
            request.setStringProperty(camel + "JmsDestinationName", "im.state-changes");
            request.setStringProperty(camel + "ToEndpoint", "direct:nowhere");
            request.setStringProperty(camel + "CharsetName", "nonsense");
            assertThat(answerTo(request).getStringProperty("imOutcome")).isEqualTo("DONE");
            var sent = JSON.readTree(GWS.requests().last(Step.OPERATION).orElseThrow().text());
            assertThat(sent.path("operationName").asText()).isEqualTo("SendMessage");
            assertThat(sent.at("/destination/phoneNumber").asText()).isEqualTo(alice);
            assertThat(sent.path("text").asText()).isEqualTo(request.getText());
        }
        assertThat(session.isCompleted()).isFalse();
        assertThat(GWS.agent("carol").hasSession()).isFalse();
        assertThat(log.with("FORGED")).isEmpty();
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                jms -> {
                    MapMessage map = jms.createMapMessage();
                    map.setString("pin", "1234");
                    return map;
                },
                jms -> {
                    BytesMessage bytes = jms.createBytesMessage();
                    bytes.writeBytes(new byte[] { (byte) 0xff, 0, 1 });
                    return bytes;
                },
                jms -> {
                    StreamMessage stream = jms.createStreamMessage();
                    stream.writeInt(7);
                    return stream;
                },
                jms -> jms.createObjectMessage(new Trap()),
                jms -> jms.createObjectMessage(new ArrayList<>(List.of("x"))),
                JMSContext::createMessage);
    }

    /** A map was said as {pin=1234}, an object was made by the client library, and the others got no answer. */
    @ParameterizedTest
    @MethodSource("kinds")
    void anythingButATextIsRefusedUnreadAnsweredAndLoggedInOneLine(Kind kind) throws Exception {
        Message request = kind.of(jms);
        request.setStringProperty("imSession", session.id());
        TextMessage reply = answerTo(request);
        assertThat(reply.getStringProperty("imOutcome")).isEqualTo("FAILED");
        assertThat(reply.getIntProperty("imStatusCode")).isEqualTo(10);
        assertThat(reply.getBooleanProperty("imRetryable")).isFalse();
        assertThat(reply.getText()).contains("only a text message");
        assertThat(operations()).isZero();
        assertThat(Trap.SPRUNG).hasValue(0);
        assertThat(log.with("WARN SendService")).singleElement().asString()
                .contains("im-sample", "FAILED", "only a text message");
        assertThat(log.with("\tat ")).as("stack traces").isEmpty();
    }

    /** The length of a text and its bytes, as ActiveMQ's client sends them; nobody can read the last four. */
    static Stream<Arguments> textsThatAreNone() {
        return Stream.of(Arguments.argumentSet("none", null, 1), Arguments.argumentSet("empty",
                        new byte[] { 0, 0, 0, 0 }, 1),
                Arguments.argumentSet("cut", new byte[] { 0, 0, 0, 5, 'a' }, 10),
                Arguments.argumentSet("no length", new byte[] { 0 }, 10),
                Arguments.argumentSet("not UTF-8", new byte[] { 0, 0, 0, 1, (byte) 0xff }, 10),
                Arguments.argumentSet("negative", new byte[] { -1, -1, -1, -2, 'a' }, 1));
    }

    /** What cannot be read was answered as if it might have been said. */
    @ParameterizedTest
    @MethodSource("textsThatAreNone")
    void aTextThatCannotBeReadIsRefusedForNothingWasSent(byte[] content, int statusCode) throws Exception {
        ActiveMQTextMessage request = (ActiveMQTextMessage) jms.createTextMessage();
        request.setStringProperty("imSession", session.id());
        if (content != null) {
            request.setContent(new ByteSequence(content));
        }
        TextMessage reply = answerTo(request);
        assertThat(reply.getStringProperty("imOutcome")).isEqualTo("FAILED");
        assertThat(reply.getIntProperty("imStatusCode")).isEqualTo(statusCode);
        assertThat(reply.getBooleanProperty("imRetryable")).isFalse();
        assertThat(reply.getText()).startsWith("Not said: ");
        assertThat(operations()).isZero();
        assertThat(log.with("WARN SendService")).singleElement().asString().contains("im-sample", "FAILED");
        assertThat(log.with("\tat ")).as("stack traces").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "../../me", "a\nFORGED b", "x\u202e\u2028\u0085y" })
    void aRequestForASessionThatIsNoneIsAnsweredAndForgesNothing(String id) throws Exception {
        TextMessage request = text("Hello");
        request.setStringProperty("imSession", id);
        TextMessage reply = answerTo(request);
        assertThat(reply.getStringProperty("imOutcome")).isEqualTo("FAILED");
        assertThat(log.with("WARN SendService")).singleElement().asString().matches("\\p{ASCII}*");
        assertThat(log.with("FORGED")).allMatch(line -> line.contains("\\u000aFORGED"));
        assertThat(log.with("\tat ")).as("stack traces").isEmpty();
    }

    static Stream<Destination> whereTheServiceShouldNotWrite() {
        return Stream.of(new ActiveMQQueue("im.state-changes"), new ActiveMQQueue("im.send"),
                new ActiveMQQueue("im.replies.a,im.state-changes"), new ActiveMQQueue("im.>"),
                new ActiveMQQueue("im.replies.*"), new ActiveMQQueue("x.im.replies.a"),
                new ActiveMQTopic("im.replies.a"), new ActiveMQTempQueue("ID:a,queue://im.state-changes"));
    }

    @ParameterizedTest
    @MethodSource("whereTheServiceShouldNotWrite")
    void aReplyGoesToNoQueueThatIsNotAllowedAndThenNothingIsSaid(Destination elsewhere) throws Exception {
        send(text("Hello"), elsewhere);
        await().atMost(PATIENCE).until(() -> log.with("im.send.reply-to does not allow").size() == 1);
        assertThat(answerTo(text("next")).getStringProperty("imOutcome")).as("the service goes on").isEqualTo("DONE");
        assertThat(operations()).isEqualTo(1);
        try (JMSConsumer states = jms.createConsumer(jms.createQueue("im.state-changes"));
             JMSConsumer replies = jms.createConsumer(jms.createQueue("im.replies.a"))) {
            assertThat(states.receiveNoWait()).isNull();
            assertThat(replies.receiveNoWait()).isNull();
        }
    }

    @Test
    void aReplyGoesToAQueueThatThePatternAllowsAndTakesNothingOfTheRequestWithIt() throws Exception {
        TextMessage request = text("Hello");
        request.setStringProperty("leak", "x");
        request.setJMSCorrelationID("42");
        request.setJMSType("a type");
        request.setJMSReplyTo(jms.createQueue("im.replies.desk-1"));
        TextMessage reply = answerTo(request);
        assertThat(reply.getJMSCorrelationID()).isEqualTo("42");
        assertThat(reply.getJMSReplyTo()).isNull();
        assertThat(reply.getJMSType()).isNull();
        List<String> names = new ArrayList<>();
        ((Enumeration<?>) reply.getPropertyNames()).asIterator()
                .forEachRemaining(name -> names.add(String.valueOf(name)));
        assertThat(names).as("beside what the broker sets").filteredOn(name -> !name.startsWith("JMSX"))
                .containsExactlyInAnyOrder("imOutcome", "imStatusCode", "imRetryable");
    }

    @Test
    void anAskerWhoIsGoneCostsOneLineAndNobodyElse() throws Exception {
        Destination gone = new ActiveMQTempQueue("ID:nobody-1:1:1");
        send(text("Hello"), gone);
        assertThat(answerTo(text("next")).getStringProperty("imOutcome")).isEqualTo("DONE");
        assertThat(operations()).isEqualTo(2);
        assertThat(log.with("\tat ")).as("stack traces").isEmpty();
    }

    @Test
    void withoutReplyToTheOutcomeIsInTheLogOnly() throws Exception {
        TextMessage request = text("Hello");
        request.setStringProperty("imSession", "no-such-session");
        jms.createProducer().send(jms.createQueue("im.send"), request);
        await().atMost(PATIENCE).until(() -> log.with("WARN SendService").size() == 1);
        assertThat(log.with("WARN SendService")).allMatch(line -> line.contains("FAILED"));
    }
}
