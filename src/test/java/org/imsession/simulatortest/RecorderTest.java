package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.recorder.Recorder;
import org.imsession.simulator.recording.RecordedAnswer;
import org.imsession.simulator.recording.RecordedAnswer.End;
import org.imsession.simulator.recording.Recording;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A recorder passes on what it gets, as it gets it. */
class RecorderTest {

    private static final String PASSWORD = "Tr0ub4dor-and-3";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults()).agent("alice", "secret")
            .agent("margaret", PASSWORD);
    @TempDir
    Path folder;
    private Path file;
    private Recorder recorder;
    private HttpAgent client;

    @BeforeEach
    void begin() {
        file = folder.resolve("a.jsonl");
        recorder = Recorder.start(URI.create(gws.url()), 0, file, false);
        client = HttpAgent.at(recorder.url());
    }

    @AfterEach
    void end() {
        recorder.close();
    }

    private RecordedAnswer last() {
        List<RecordedAnswer> all = Recording.read(file).answers();
        return all.get(all.size() - 1);
    }

    @Test
    void aCookieForHttpsOnlyComesToAClientThatSpeaksHttp() throws Exception {
        gws.faults().once(Step.ANY, Fault.setsCookies("route=1; Path=/; Secure; HttpOnly; SameSite=None"));
        assertThat(client.get("/api/v2/diagnostics/version").headers()).hasEntrySatisfying("set-cookie",
                cookie -> assertThat(cookie).isEqualTo("route=1; Path=/; HttpOnly"));
    }

    /** And none of a gateway. */
    @Test
    void whereTheServerGivesNoAnswerThereIsNone() {
        gws.faults().always(Step.ANY, new Fault.CloseConnection(false)); // the client here asks a second time by itself
        assertThatThrownBy(() -> client.get("/api/v2/me")).isInstanceOf(IOException.class);
        assertThat(last().head().end()).isEqualTo(End.LOST);
        gws.stop();
        assertThatThrownBy(() -> client.get("/api/v2/me")).isInstanceOf(IOException.class);
        assertThat(last().head().end()).isEqualTo(End.LOST);
    }

    @Test
    void anAnswerThatIsCutIsCutBehindTheRecorder() {
        gws.faults().once(Step.ANY, new Fault.Cut(5, false));
        assertThatThrownBy(() -> client.get("/api/v2/me")).isInstanceOf(IOException.class);
        assertThat(last().head().end()).isEqualTo(End.CUT);
    }

    /** Not even where a person says the password. */
    @Test
    void inPlainTextsAndNamesAreKeptAndNoSecretIs() throws Exception {
        Path plain = folder.resolve("plain.jsonl");
        List<String> secrets = new ArrayList<>(List.of(PASSWORD,
                Base64.getEncoder().encodeToString(("margaret:" + PASSWORD).getBytes(StandardCharsets.UTF_8))));
        gws.settings(settings -> settings.with(GwsSwitch.CSRF));
        try (Recorder keeping = Recorder.start(URI.create(gws.url()), 0, plain, true)) {
            HttpAgent margaret = HttpAgent.at(keeping.url()).basic("margaret", PASSWORD);
            String token = margaret.get("/api/v2/me").header("X-CSRF-TOKEN");
            RawBayeux bayeux = new RawBayeux(margaret.with("X-CSRF-TOKEN", token));
            secrets.add(token);
            secrets.add(bayeux.handshake(false).json().path(0).path("clientId").asText());
            bayeux.subscribe("/v2/me/im-sessions");
            bayeux.connectAtOnce(-1);
            gws.agent("margaret").session().hears("Dear Bob").hears("it is " + PASSWORD);
            for (String said = ""; !said.contains(PASSWORD);) {
                said = bayeux.connect(-1).text();
            }
            secrets.addAll(margaret.cookies().values());
        }
        assertThat(secrets).hasSizeGreaterThan(4).allSatisfy(each -> assertThat(each).hasSizeGreaterThan(8));
        assertThat(plain).content().contains("Dear Bob", "margaret").doesNotContain(secrets);
    }

    @Test
    void aPageIsRecordedWithoutItsWords() throws Exception {
        gws.faults().once(Step.ANY, Fault.loginPage());
        assertThat(client.get("/api/v2/me").text()).contains("Please log in");
        assertThat(last().content().kind()).isEqualTo("html");
        assertThat(Files.readString(file)).doesNotContain("log in");
    }

    @Test
    void whatARefusalSaysStays() throws Exception {
        client.get("/api/v2/me");
        assertThat(last().head().status()).isEqualTo(403);
        assertThat(last().content().json()).isEqualTo("{\"statusCode\":20,\"statusMessage\":\"Access denied\"}");
    }

    /** As after a kill: what is whole counts. */
    @Test
    void aLastLineThatIsNotWholeIsPassedOver() throws Exception {
        client.get("/api/v2/me");
        recorder.close();
        Files.writeString(file, Files.readString(file) + "{\"ms\":12,\"agent\":\"a\",\"st");
        assertThat(Recording.read(file).answers()).hasSize(1);
    }
}
