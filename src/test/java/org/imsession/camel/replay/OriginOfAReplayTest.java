package org.imsession.camel.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a route follows a replay is known to its endpoint alone. */
class OriginOfAReplayTest {

    private static final String SAYS_SO = """
            {"messageType":"IMLogUpdateMessage","notificationType":"NewMessage","imSessionPath":"/im-sessions/1",
             "message":"Hello","origin":"replay","CamelIMSessionOrigin":"replay","replay":true}""";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults()).agent("alice", "secret");

    @ParameterizedTest
    @CsvSource({"true,replay", "false,live", "'',live"})
    void replayIsSaidByTheOptionAndNotByTheServer(String option, String origin) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "replay=" + option))) {
            route.awaitSettled();
            gws.agent("alice").sendRaw(SAYS_SO);
            assertThat(route.inbox().take().getIn().getHeader(IMSessionConstants.ORIGIN)).isEqualTo(origin);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatComesAgainOrByASnapshotIsToldAsBefore(String option) throws Exception {
        gws.agent("alice").session().talks();
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "replay=" + option))) {
            assertThat(route.inbox().take().getIn().getHeader(IMSessionConstants.ORIGIN)).isEqualTo("snapshot");
        }
    }
}
