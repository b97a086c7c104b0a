package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an operator gets by {@code curl} of the sample routes, in each state of the feed, with their settings. */
class HealthOverHttpTest {

    private static final String PASSWORD = "s3cret-Passw0rd";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", PASSWORD);
    @TempDir
    Path folder;

    private Observed observed;

    @AfterEach
    void noAnswerHoldsAPassword() {
        observed.close();
        assertThat(observed.answers()).isNotEmpty().noneMatch(answer -> answer.contains("Passw0rd"));
    }

    private void start(String password) throws Exception {
        observed = new Observed(gws, folder, Map.of("im.password", password));
    }

    private static JsonNode feed(HttpResponse<String> health) throws IOException {
        return StreamSupport.stream(new ObjectMapper().readTree(health.body()).path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals("consumer:im-agent")).findFirst().orElseThrow();
    }

    private void awaitHealth(int status, String said) {
        await().atMost(SampleRoutes.PATIENCE).untilAsserted(() -> {
            HttpResponse<String> health = observed.get("/observe/health");
            assertThat(feed(health).path("message").asText()).matches(said);
            assertThat(health.statusCode()).isEqualTo(status);
        });
    }

    private void awaitAgents(String state) {
        await().atMost(SampleRoutes.PATIENCE).untilAsserted(() -> assertThat(observed.get("/observe/metrics").body())
                .contains("imsession_agents{route=\"im-agent\",state=\"" + state + "\",team=\"none\"} 1.0"));
    }

    /** Without {@code ?data=true}, which who has never read Camel's source does not know. */
    @Test
    void aFeedThatIsLiveAndThenLosesItsServerSaysStateSinceAttemptsAndReason() throws Exception {
        start(PASSWORD);
        awaitHealth(200, "agent alice at 127.0.0.1:\\d+ is LIVE since \\d\\d:\\d\\d \\(\\d+ s\\), attempts=0:"
                + " subscribed.*");
        awaitAgents("live");
        assertThat(observed.get("/observe/health/live").statusCode()).isEqualTo(200);
        gws.stop();
        awaitHealth(503, "agent alice at 127.0.0.1:\\d+ receives nothing since \\d\\d:\\d\\d \\(.*\\),"
                + " state=(RECONNECTING|BACKING_OFF) attempts=[1-9]\\d*: "
                + ".*(no connection to the server|does not accept connections)"
                + ".*[Cc]heck that GWS runs there, the port and the firewall.*");
        assertThat(observed.get("/observe/health/live").statusCode()).as("no restart mends a server").isEqualTo(200);
    }

    @Test
    void aFeedThatCannotBeginIsSilentSinceItsStartHoweverOftenItTries() throws Exception {
        gws.stop();
        Instant before = Instant.now();
        start(PASSWORD);
        awaitHealth(503, ".*state=BACKING_OFF attempts=([2-9]|\\d\\d).*");
        awaitAgents("backing_off");
        JsonNode data = feed(observed.get("/observe/health?data=true")).path("data");
        assertThat(Instant.parse(data.path("silentSince").asText())).isBetween(before.minusSeconds(1),
                Instant.parse(data.path("since").asText()));
        assertThat(data.path("since").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }

    @Test
    void aFeedThatIsParkedSaysSo() throws Exception {
        start("wrong-Passw0rd");
        awaitHealth(503, "agent alice at 127.0.0.1:\\d+ receives nothing since .*, state=PARKED attempts=1:"
                + " .*does not accept the credential.*");
        awaitAgents("parked");
        assertThat(feed(observed.get("/observe/health?data=true&stackTrace=true")).path("data").path("endpoint.uri")
                .asText()).contains("password=xxxxxx");
    }

    @Test
    void nobodyReachesItButThisMachine() throws Exception {
        start(PASSWORD);
        assertThat(observed.get("/observe/health").statusCode()).isIn(200, 503);
        for (InetAddress other : Stream.concat(Stream.of(InetAddress.getByName("127.0.0.2")),
                NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                        .filter(each -> !each.isLoopbackAddress())).toList()) {
            try (Socket socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(new InetSocketAddress(other, observed.port()), 10_000))
                        .as(other.toString()).isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void noMeterNamesAnAgentOrAnAddress() throws Exception {
        start(PASSWORD);
        awaitAgents("live");
        gws.agent("alice").session().says("Hello");
        await().atMost(SampleRoutes.PATIENCE).until(() -> observed.get("/observe/metrics").body().lines()
                .anyMatch(line -> line.startsWith("camel_exchanges_succeeded_total{")
                        && line.endsWith("routeId=\"im-file-messages\"} 1.0")));
        assertThat(observed.get("/observe/metrics").body()).doesNotContain("alice", "127.0.0.1");
    }
}
