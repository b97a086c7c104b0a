package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.RecordedRequest;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * S05, S06: in a whole life with everything that can go wrong, nothing secret and nothing that was said is in a log at
 * any level, in JMX, health, dev console, exceptions, or the text form of anything. Out of our hands, and left out, are
 * Jetty's own DEBUG lines, which show headers as they are sent, and Camel's own TRACE lines, which show the URIs of
 * endpoints as they are: who logs at TRACE keeps passwords out of URIs.
 */
class NoSecretsTest {

    private static final String PASSWORD = "pw-4f9c2a";
    private static final String WRONG = "wrong-71bd03";
    private static final String TOKEN = "tok-5e8d1f-bearer";
    private static final String SAID = "said-c0ffee";
    private static final String ATTACHED = "attached-bada55";
    private static final Pattern CLIENT_ID = Pattern.compile("\"clientId\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().with(GwsSwitch.CSRF)
            .withTimeout(Duration.ofSeconds(2))).agent("alice", PASSWORD).agent("bob", PASSWORD)
            .agent("carol", PASSWORD);

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void noSecretIsInAnyOutputOfAWholeLife(boolean passwordsInUris) throws Exception {
        gws.agent("bob").token(TOKEN);
        String logged;
        String shown;
        try (WatchedLife life = WatchedLife.start(folder, gws.url(), PASSWORD, WRONG, TOKEN, passwordsInUris)) {
            whatHappens();
            life.end();
            logged = life.logged();
            shown = life.shown();
        }
        assertThat(logged).as("a log at TRACE").contains("DEBUG", "Sending messages [/meta/connect",
                "State updated", "IMS-001", "IMS-002", "IMS-006");
        assertThat(shown).contains("FeedState=LIVE", "FeedState=PARKED", "IMSessionInvalidMessageException",
                "IMSessionParkedException", "the sink is down");
        Map<String, String> secrets = secrets();
        assertThat(secrets.values()).contains("password", "Authorization", "cookie JSESSIONID",
                "cookie BAYEUX_BROWSER", "CSRF token", "clientId", "said");
        assertThat(WatchedLife.leaks(logged, secrets)).as("in the log").isEmpty();
        assertThat(WatchedLife.leaks(shown, secrets)).as("in what is shown").isEmpty();
    }

    private void whatHappens() throws Exception {
        settled();
        assertThat(gws.awaitRequest(Step.LOGIN, 3, ListeningRoute.PATIENCE)).as("one of carol's").isTrue();
        say();
        gws.agent("alice").sendRaw("{\"message\":\"" + SAID + "\"}");
        gws.agent("alice").publishOn("/v2/me/other", "{\"message\":\"" + SAID + "\"}");
        gws.agent("alice").session().says(SAID.repeat(20_000)).says(SAID + "!");
        say();
        // half a JSON text spoils the answer it is in, and with it the session
        gws.agent("alice").sendRaw("{\"messageType\":\"IMLogUpdateMessage\",\"message\":\"" + SAID);
        gws.agent("bob").session().attach(Map.of(ATTACHED, ATTACHED)).says(SAID);
        for (Fault fault : List.of(new Fault.Cut(60, true), Fault.loginPage(), Fault.status(500), Fault.status(403),
                Fault.json(200, "[{\"channel\":\"/meta/connect\",\"data\":\"" + SAID), Fault.garbage(200),
                Fault.bayeuxError("500::" + SAID.length()), new Fault.RemoveReply())) {
            disturb(fault);
        }
        gws.agent("alice").dropBayeuxSession();
        disturb(Fault.unknownClient());
        gws.faults().add(FaultRule.at(Step.SNAPSHOT, Fault.json(500, "{\"statusCode\":1,\"statusMessage\":\"x\"}")));
        gws.rotateCsrf();
        gws.agent("alice").expireHttpSession();
        say();
        gws.restart();
        settled();
        say();
        gws.faults().add(FaultRule.at(Step.HANDSHAKE, Fault.reconnectNone("403::denied")).times(2));
        gws.agent("alice").disconnectSession();
        settled();
        say();
    }

    private void settled() throws InterruptedException {
        for (String agent : List.of("alice", "bob")) {
            Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> gws.agent(agent).subscribers() > 0);
            assertThat(gws.agent(agent).awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
        }
    }

    private void say() {
        gws.agent("alice").session().says(SAID).attach(Map.of("note", ATTACHED));
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
    }

    private void disturb(Fault fault) {
        var armed = gws.faults().add(FaultRule.at(Step.CONNECT, fault).forAgent("alice"));
        Awaitility.await().atMost(ListeningRoute.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            gws.agent("alice").answerHeldConnect();
            return armed.hits() == 1;
        });
        gws.agent("alice").session().says(SAID);
    }

    /** Each secret that was really used, and what it is. */
    private Map<String, String> secrets() {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put(PASSWORD, "password");
        secrets.put(WRONG, "password");
        secrets.put(TOKEN, "token");
        secrets.put(SAID, "said");
        secrets.put(Base64.getEncoder().encodeToString(SAID.getBytes(StandardCharsets.UTF_8)), "said");
        secrets.put(ATTACHED, "attached");
        for (RecordedRequest request : gws.requests().all()) {
            request.header("Authorization").ifPresent(value -> secrets.put(value.replaceFirst("^\\w+ ", ""),
                    "Authorization"));
            request.cookies().forEach((name, value) -> secrets.put(value, "cookie " + name));
            request.headers().forEach((name, values) -> {
                if (name.toUpperCase(java.util.Locale.ROOT).contains("CSRF")) {
                    values.forEach(value -> secrets.put(value, "CSRF token"));
                }
            });
            Matcher clientIds = CLIENT_ID.matcher(request.text());
            while (clientIds.find()) {
                secrets.put(clientIds.group(1), "clientId");
            }
        }
        return secrets;
    }
}
