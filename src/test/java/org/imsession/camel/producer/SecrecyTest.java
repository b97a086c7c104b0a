package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionOperationException;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people say, what is attached, and what opens doors appears in no exception, whatever the server answers. */
class SecrecyTest {

    private static final String TEXT = "Meet me at midnight";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    static Stream<Fault> answersThatRepeatWhatWasSent() {
        return Stream.of(Fault.json(400, "{\"statusCode\":10,\"statusMessage\":\"Bad text '" + TEXT + "'\"}"),
                Fault.json(200, "{\"statusCode\":7,\"statusMessage\":\"" + TEXT + "\"}"),
                Fault.json(500, "<html>" + TEXT + " secret</html>"), Fault.json(200, TEXT),
                Fault.json(400, "{\"statusCode\":10,\"statusMessage\":\"password secret is wrong\"}"));
    }

    @ParameterizedTest
    @MethodSource("answersThatRepeatWhatWasSent")
    void aFailureRepeatsNothing(Fault answer) {
        try (Talk talk = new Talk(gws)) {
            String session = gws.agent("alice").talksTo("bob").id();
            gws.faults().always(Step.OPERATION, answer);
            for (String wait : new String[] { "", "&waitForEvent=true&waitTimeout=300" }) {
                assertSilent(talk.failed("alice?operation=sendMessage" + wait, TEXT, IMSessionConstants.TARGET_ID,
                        session));
                assertSilent(talk.failed("alice?operation=attachUserData" + wait, Map.of("note", Map.of("inner", TEXT)),
                        IMSessionConstants.TARGET_ID, session));
            }
        }
    }

    private static void assertSilent(IMSessionOperationException failure) {
        StringWriter everything = new StringWriter();
        failure.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain("midnight", "secret", "<html>");
    }

    @Test
    void aRequestShowsNoTextAndNoUserData() {
        assertThat(Stream.of(new IMSessionRequest.SendMessage("1", TEXT),
                new IMSessionRequest.AttachUserData("1", Map.of("note", TEXT)),
                new IMSessionRequest.UpdateUserData("1", Map.of("note", TEXT)),
                new IMSessionRequest.Initiate("5001", Map.of("note", TEXT), "")).map(Object::toString))
                .noneMatch(text -> text.contains("midnight"));
    }
}
