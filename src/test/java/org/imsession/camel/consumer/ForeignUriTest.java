package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.RecordedRequest;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row S07 of the fault matrix: an address in a payload is text. Requests go to the configured server, by id. */
class ForeignUriTest {

    private static final String OTHER = "OTHER";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    @ParameterizedTest
    @ValueSource(strings = { OTHER + "/api/v2/im-sessions/1", "http://169.254.169.254/latest/meta-data",
            "file:///etc/passwd", "/api/v2/elsewhere" })
    void aForeignUriIsNeverFetched(String pattern) throws Exception {
        try (LyingServer other = LyingServer.telling(Lie.inOrder(Answer.json(200, "[]")))) {
            String uri = pattern.replace(OTHER, other.url());
            gws.faults().always(Step.SNAPSHOT, new Fault.Rewrite(text -> mended(text, uri)));
            SimulatedSession session = gws.agent("alice").talksTo("bob");
            try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
                assertThat(((IMSessionStateChangeMessage) route.takeOrigin("snapshot").getIn().getBody())
                        .imSession().uri()).isEqualTo(uri);
                gws.agent("alice").sendRaw("{\"messageType\":\"IMSessionStateChangeMessage\",\"notificationType\":"
                        + "\"StatusChange\",\"imSession\":{\"state\":\"Talking\",\"id\":\"" + session.id()
                        + "\",\"uri\":\"" + uri + "\",\"path\":\"" + uri + "\"}}");
                assertThat(((IMSessionStateChangeMessage) route.takeOrigin("live").getIn().getBody())
                        .imSession().uri()).isEqualTo(uri);
                gws.agent("alice").dropBayeuxSession();
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                        gws.requests().count(Step.SNAPSHOT) == 2);
                route.awaitSettled();
                try (ProducerTemplate template = route.context().createProducerTemplate()) {
                    template.requestBodyAndHeader(ListeningRoute.uri(gws, "alice", "operation=getSession"), null,
                            IMSessionConstants.TARGET_ID, session.id(), IMSession.class);
                }
            }
            assertThat(other.connections()).isZero();
            assertThat(gws.requests().count(Step.OTHER)).isZero();
            assertThat(gws.requests().requests(Step.SNAPSHOT)).extracting(RecordedRequest::path)
                    .containsOnly("/api/v2/me/im-sessions", "/api/v2/me/im-sessions/" + session.id());
        }
    }

    /** Whatever address the server gave for the session and its path. */
    private static String mended(String text, String uri) {
        return text.replaceAll("\"(uri|path)\":\"[^\"]*\"", "\"$1\":\"" + uri + "\"");
    }
}
