package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The spans that camel-opentelemetry2 makes, which finds our decorator by itself. */
class TracingTest {

    private static final String TEXT = "receive IMLogUpdateMessage";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults())
            .agent("alice", "secret").agent("bob", "secret");

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private Talk talk;
    private SimulatedSession session;

    @BeforeEach
    void begin() {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
        talk = new Talk(gws, context -> {
            context.getRegistry().bind("tracer", Tracer.class, provider.get("camel"));
            context.getRegistry().bind("propagators", ContextPropagators.class,
                    ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
            new OpenTelemetryTracer().init(context);
        });
        session = gws.agent("alice").talksTo("bob");
    }

    @AfterEach
    void end() {
        talk.close();
    }

    private List<SpanData> named(String name) {
        return spans.getFinishedSpanItems().stream().filter(each -> each.getName().equals(name)).toList();
    }

    private SpanData only(String name) {
        await().atMost(Talk.PATIENCE).untilAsserted(() -> assertThat(spans.getFinishedSpanItems())
                .extracting(SpanData::getName).contains(name));
        assertThat(named(name)).hasSize(1);
        return named(name).get(0);
    }

    private void send(String options, String text) {
        talk.did("alice?operation=sendMessage" + options, text, IMSessionConstants.TARGET_ID, session.id());
    }

    @Test
    void anEventIsOneSpanThatSaysWhichOneItIs() throws Exception {
        talk.listens("alice");
        session.hears("Green it is");
        var message = talk.nextText("alice").getIn();
        SpanData span = only(TEXT);
        assertThat(span.getAttributes().asMap()).extractingFromEntries(each -> each.getKey().getKey() + "="
                        + each.getValue())
                .contains("messaging.system=gws", "messaging.operation.name=receive",
                        "messaging.destination.name=/v2/me/im-sessions", "server.address=" + gws.url(),
                        "messaging.message.id=" + message.getHeader(IMSessionConstants.SEQUENCE),
                        "messaging.message.conversation_id=" + session.id(), "imsession.origin=live",
                        "imsession.message.type=" + IMLogUpdateMessage.MESSAGE_TYPE);
    }

    @Test
    void noSpanHasATextASecretOrTheAgent() throws Exception {
        talk.listens("alice", exchange -> {
            throw new IllegalStateException("cannot store " + exchange.getIn().getBody(String.class));
        }, "ackFailed=true");
        session.hears("Green it is");
        talk.nextText("alice");
        send("", "Blue");
        talk.nextText("alice");
        await().atMost(Talk.PATIENCE).until(() -> named(TEXT).size() == 2);
        assertThat(named(TEXT)).extracting(each -> each.getStatus().getStatusCode())
                .containsOnly(StatusData.error().getStatusCode());
        assertThat(named(TEXT)).allSatisfy(each -> assertThat(each.getAttributes().asMap()).extractingFromEntries(
                entry -> entry.getKey().getKey() + "=" + entry.getValue())
                .contains("error.type=java.lang.IllegalStateException"));
        assertThat(spans.getFinishedSpanItems().stream().filter(each -> each.getName().startsWith("receive")
                || each.getName().equals("sendMessage")).toList().toString())
                .doesNotContain("alice").doesNotContain("secret").doesNotContain("Green").doesNotContain("Blue");
    }

    @Test
    void theAgentIsNamedWhereTheOptionSaysSo() throws Exception {
        talk.listens("alice", "traceAgent=true");
        session.hears("Green it is");
        talk.nextText("alice");
        assertThat(only(TEXT).getAttributes().asMap().toString()).contains("user.name=alice");
        send("&traceAgent=true", "Blue");
        assertThat(only("sendMessage").getAttributes().asMap().toString()).contains("user.name=alice");
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void theEchoOfATextIsAChildOfWhatSentIt(boolean wait) throws Exception {
        talk.listens("alice");
        session.hears("theirs");
        talk.nextText("alice");
        send("&waitForEvent=" + wait, "ours");
        talk.nextText("alice");
        SpanData sent = only("sendMessage");
        await().atMost(Talk.PATIENCE).until(() -> named(TEXT).size() == 2);
        assertThat(named(TEXT)).extracting(SpanData::getParentSpanId)
                .containsExactly("0000000000000000", sent.getSpanId());
        assertThat(named(TEXT)).extracting(SpanData::getTraceId).last().isEqualTo(sent.getTraceId());
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void anotherChangeIsAChildOfWhatCausedIt(boolean wait) throws Exception {
        talk.listens("alice");
        talk.did("alice?waitForEvent=" + wait, new IMSessionRequest.Complete(session.id()));
        SpanData asked = only("complete");
        await().atMost(Talk.PATIENCE).until(() -> named("receive IMSessionStateChangeMessage").stream()
                .anyMatch(each -> each.getParentSpanId().equals(asked.getSpanId())));
    }

    @Test
    void whatIsRefusedCausesNothing() throws Exception {
        talk.listens("alice");
        gws.settings(settings -> settings.without(GwsSwitch.ECHO_TO_SENDER));
        talk.does("alice?operation=sendMessage", "never", IMSessionConstants.TARGET_ID, "no-such-session");
        session.hears("never");
        talk.nextText("alice");
        assertThat(only(TEXT).getParentSpanId()).isEqualTo("0000000000000000");
    }
}
