package org.imsession.camel.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.imsession.camel.brokenserver.Certificates;
import org.imsession.camel.component.TlsFront;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code imsession check} finds at a server, and what it says to do. */
class CheckTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "hidden").agent("bob", "hidden-too");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void allIsWellAtAServerThatIsWell() {
        assertThat(look(gws, "hidden", PATIENCE)).isZero();
        assertThat(lines()).hasSize(13).startsWith("Looking at " + gws.url() + " as alice");
        assertThat(lines().subList(2, 13)).allMatch(line -> line.startsWith("ok "));
        assertThat(String.join("\n", lines())).contains("acknowledge   the ack extension: at least once");
        assertThat(gws.agent("alice").clientIds()).as("it has said good-bye").isEmpty();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Step.LOGIN, Fault.accessDenied(), "login", "Check user name and password"),
                Arguments.of(Step.LOGIN, Fault.loginPage(), "login", "is not the GWS API"),
                Arguments.of(Step.LOGIN, Fault.status(503), "login", "503"),
                Arguments.of(Step.SNAPSHOT, Fault.status(500), "sessions", "States are not told without it"),
                Arguments.of(Step.SERVICES, Fault.status(500), "services", "500"),
                Arguments.of(Step.HANDSHAKE, Fault.reconnectNone("403::Handshake denied"), "handshake",
                        "ask the operator of GWS"),
                Arguments.of(Step.HANDSHAKE, Fault.accessDenied(), "handshake", "drops cookies or X-CSRF headers"),
                Arguments.of(Step.HANDSHAKE, Fault.loginPage(), "handshake", "what stands in front of GWS"),
                Arguments.of(Step.SUBSCRIBE, Fault.bayeuxError("403:denied:subscribe_denied"), "subscription",
                        "may use this topic"),
                Arguments.of(Step.SUBSCRIBE, Fault.otherNode(), "subscription", "sticky by cookie"),
                Arguments.of(Step.CONNECT, Fault.otherNode(), "subscription", "sticky by cookie"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsWrongIsALineThatSaysWhatToDo(Step step, Fault fault, String name, String told) {
        gws.faults().always(step, fault);
        assertThat(look(gws, "hidden", PATIENCE)).isEqualTo(1);
        assertBad(name, told);
    }

    @Test
    void whatIsBehindALineThatStopsItIsNamed() {
        assertThat(look(gws, "wrong", PATIENCE)).isEqualTo(1);
        assertBad("login", "does not accept the credential of agent alice");
        assertThat(words()).contains("- not tried CSRF, sessions, services, handshake, acknowledge, subscription,"
                + " maxInterval");
    }

    @Test
    void aServerThatDoesNotAnswerIsToldInTime() {
        gws.faults().always(Step.SNAPSHOT, new Fault.Hang());
        assertThat(look(gws, "hidden", Duration.ofSeconds(2))).isEqualTo(1);
        assertBad("sessions", "no answer within 2 s");
    }

    @Test
    void aServerThatCannotBeReachedIsTold() throws IOException {
        assertThat(run(Map.of("IMSESSION_SERVER", "http://no-such-host.invalid"), PATIENCE)).isEqualTo(1);
        assertBad("name", "Check serverUrl and the name service");
        printed.reset();
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = closed.getLocalPort();
            closed.close();
            assertThat(run(Map.of("IMSESSION_SERVER", "http://127.0.0.1:" + port), PATIENCE)).isEqualTo(1);
        }
        assertBad("connection", "does not accept connections");
        printed.reset();
        assertThat(run(Map.of("IMSESSION_SERVER", "https://127.0.0.1:" + gws.port()), PATIENCE)).isEqualTo(1);
        assertBad("TLS", "does not speak TLS on this port");
    }

    /** With whose certificate it is, which an operator has to compare. */
    @Test
    void aCertificateIsShownAndOneThatIsNotTrustedIsTold() throws IOException {
        Certificates certificates = new Certificates(folder);
        Path trusting = Files.writeString(folder.resolve("tls.properties"),
                "camel.ssl.trust-store = file:" + folder.resolve("authority.p12")
                        + "\ncamel.ssl.trust-store-password = changeit\n");
        assertThat(behind(certificates.forLoopback(), trusting)).isZero();
        assertThat(words()).contains("note TLS TLSv1.3, CN=loopback, signed by CN=authority, valid from",
                "It ends soon: renew it");
        assertThat(behind(certificates.expired(), trusting)).isEqualTo(1);
        assertBad("TLS", "expired or not yet valid");
        assertThat(behind(certificates.forAnotherHost(), trusting)).isEqualTo(1);
        assertBad("TLS", "its certificate is for another host name");
        assertThat(behind(certificates.selfSigned(), trusting)).isEqualTo(1);
        assertBad("TLS", "nobody we trust has signed its certificate");
        assertThat(words()).contains("Its certificate: CN=self, signed by CN=self, valid from");
    }

    private int behind(SSLContext certificate, Path settings) {
        printed.reset();
        try (TlsFront front = new TlsFront(certificate, gws.port())) {
            return run(Map.of("IMSESSION_SERVER", front.url()), PATIENCE, "--settings", settings.toString());
        }
    }

    /** They can be lived with, so the exit status says that all is well. */
    @Test
    void whatIsToBeKnownIsNoted() {
        try (GwsServer other = GwsServer.create(GwsSettings.defaults().without(GwsSwitch.ACK_EXTENSION)
                .with(GwsSwitch.ADVERTISE_MAX_INTERVAL, GwsSwitch.CSRF).withMaxInterval(Duration.ofSeconds(4)))
                .agent("alice", "hidden").start()) {
            other.faults().always(Step.SERVICES, Fault.noSuchResource());
            assertThat(look(other, "hidden", PATIENCE)).isZero();
        }
        assertThat(words()).contains("note acknowledge no ack extension: at most once", "Ask the operator of GWS",
                "note maxInterval 4000 ms: set keepAlive below it", "note services not listed by this server",
                "ok CSRF a token, in the header");
    }

    @Test
    void aVoiceServiceThatIsDownIsTold() {
        gws.service("Voice", "Inactive");
        assertThat(look(gws, "hidden", PATIENCE)).isEqualTo(1);
        assertBad("services", "without Voice no instant message comes");
    }

    /** The file of the sample routes, as it is, and one of several agents. */
    @Test
    void itTakesTheSettingsOfTheRoutes() throws IOException {
        Map<String, String> environment = Map.of("IMSESSION_SERVER", gws.url(), "IMSESSION_USER", "alice",
                "IMSESSION_PASSWORD", "hidden");
        assertThat(run(environment, PATIENCE, "--settings", "routes/application.properties")).isZero();
        Path file = Files.writeString(folder.resolve("two.properties"), """
                im.server = %s
                camel.route-template[one].agent = alice
                camel.route-template[one].passwordProperty = a.password
                camel.route-template[two].agent = {{his.name:bob}}
                camel.route-template[two].passwordProperty = b.password
                a.password = wrong
                b.password = {{env:BOBS:hidden-too}}
                """.formatted(gws.url()));
        assertThat(run(Map.of(), PATIENCE, "--settings", file.toString(), "--agent", "bob")).isZero();
        assertThat(run(Map.of(), PATIENCE, "--settings", file.toString())).isEqualTo(1);
    }

    @Test
    void wrongSettingsAreALineWithoutTheirValues() throws IOException {
        Path file = Files.writeString(folder.resolve("a.properties"), """
                im.server = http://127.0.0.1:1
                camel.route-template[one].agent = alice
                camel.route-template[one].passwordProperty = hidden
                im.password = {{env:NOT_SET}}
                """);
        for (List<String> args : List.of(List.of("--password", "hidden"), List.of("--settings", "nowhere"),
                List.of("--settings"), List.of("--settings", file.toString()), List.<String>of())) {
            printed.reset();
            assertThat(run(Map.of(), PATIENCE, args.toArray(String[]::new))).as("%s", args).isEqualTo(2);
            assertThat(lines()).singleElement().asString().startsWith("imsession check: ");
        }
    }

    private void assertBad(String name, String told) {
        assertThat(words()).contains("BAD " + name + " ").contains(told);
    }

    /** All that was printed as one text, which no end of a line divides; nothing is too long, and nothing secret. */
    private String words() {
        return String.join(" ", lines()).replaceAll("\\s+", " ");
    }

    private List<String> lines() {
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).noneMatch(line -> line.contains("hidden"));
        assertThat(lines).filteredOn(line -> !line.startsWith("imsession check: "))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        return lines;
    }

    private int look(GwsServer server, String password, Duration patience) {
        return run(Map.of("IMSESSION_SERVER", server.url(), "IMSESSION_PASSWORD", password), patience);
    }

    private int run(Map<String, String> environment, Duration patience, String... args) {
        Map<String, String> all = new HashMap<>();
        if (!environment.isEmpty()) {
            all.putAll(Map.of("IMSESSION_USER", "alice", "IMSESSION_PASSWORD", "hidden"));
        }
        all.putAll(environment);
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new CheckMain(all, new Properties(), out, out, patience).run(args);
    }
}
