package org.imsession.camel.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.SimulatedAgent;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.recorder.Recorder;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A feed that was recorded on its way to one route comes to another one as it was. */
class ReplayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "margaret.hamilton";
    private static final String PASSWORD = "Apollo-eleven-1969";
    private static final String LAST = "That is all, thank you";
    private static final List<String> TEXTS = List.of("Grüße aus Zürich, Konto 4711-0815", "Привет, как дела?",
            "日本語のテキスト", "Smile \uD83D\uDE00 \"quoted\"\nand a second line", LAST);

    @TempDir
    Path folder;

    private final List<String> secrets = new ArrayList<>();

    /** What happens to the feed of an agent. */
    interface Incident {

        void happen(GwsServer gws, SimulatedAgent agent, SimulatedSession session) throws Exception;
    }

    static Stream<Arguments> incidents() {
        Incident forgotten = (gws, agent, session) -> {
            gws.faults().always(Step.HANDSHAKE, Fault.status(503));
            int before = gws.requests().count(Step.HANDSHAKE);
            agent.dropBayeuxSession();
            assertThat(gws.awaitRequest(Step.HANDSHAKE, before + 2, PATIENCE)).isTrue();
            session.complete();
            gws.faults().clear();
        };
        Incident restarted = (gws, agent, session) -> {
            int before = gws.requests().count(Step.SUBSCRIBE);
            gws.restart();
            assertThat(gws.awaitRequest(Step.SUBSCRIBE, before + 1, PATIENCE)).isTrue();
        };
        Incident cut = (gws, agent, session) -> hurt(gws, session, new Fault.Cut(20, false));
        Incident page = (gws, agent, session) -> hurt(gws, session, Fault.loginPage());
        Incident odd = (gws, agent, session) -> agent
                .sendRaw("{\"messageType\":\"Odd\",\"who\":\"margaret\",\"much\":1e400}")
                .sendRaw("{\"messageType\":\"IMLogUpdateMessage\",\"message\":{\"text\":\"Hamilton\"}}")
                .sendRaw("{\"messageType\":\"IMLogUpdateMessage\",\"imSessionPath\":\"/im-sessions/30023\","
                        + "\"notificationType\":\"NewMessage\","
                        + "\"message\":\"Gr\\u00fc\\u00dfe\",\"message\":\"twice margaret\"}")
                .publishOn("/v2/me/calls", "{\"name\":\"margaret\"}");
        return Stream.of(
                Arguments.argumentSet("the session was forgotten", true, true, forgotten),
                Arguments.argumentSet("the session was forgotten, in its timing", true, false, forgotten),
                Arguments.argumentSet("the session was forgotten, no acknowledgements", false, true, forgotten),
                Arguments.argumentSet("the server was restarted", true, true, restarted),
                Arguments.argumentSet("the server was restarted, no acknowledgements", false, true, restarted),
                Arguments.argumentSet("an answer was cut", true, true, cut),
                Arguments.argumentSet("an answer was cut, no acknowledgements", false, true, cut),
                Arguments.argumentSet("a page of something in between", true, true, page),
                Arguments.argumentSet("a page of something in between, no acknowledgements", false, true, page),
                Arguments.argumentSet("what nobody understands", true, true, odd));
    }

    private static void hurt(GwsServer gws, SimulatedSession session, Fault fault) throws Exception {
        gws.faults().once(Step.CONNECT, fault);
        int before = gws.requests().count(Step.CONNECT);
        session.hears("This text goes astray");
        assertThat(gws.awaitRequest(Step.CONNECT, before + 3, PATIENCE)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void theExchangesOfAReplayAreThoseOfTheOriginal(boolean acknowledging, boolean fast, Incident incident)
            throws Exception {
        Path file = folder.resolve("incident.jsonl");
        List<Exchange> original = recorded(acknowledging, incident, file);
        assertThat(original).extracting(each -> each.getIn().getHeader(IMSessionConstants.NOTIFICATION_TYPE))
                .contains("StatusChange", "AttachedDataChanged", "NewMessage");

        try (GwsServer gws = GwsServer.replaying(GwsSettings.defaults(), file, fast).start();
                ListeningRoute route = ListeningRoute.from(uri(gws.url(), gws.agents().iterator().next()))) {
            assertThat(gws.awaitReplayed(PATIENCE)).isTrue();
            Pair pair = new Pair();
            pair.compare(original, taken(route, original.size()));
            assertThat(pair.replaced()).containsKeys(NAME, LAST, "favColor", "blue");
        }
        nothingOfPeopleIsIn(file);
    }

    @Test
    void aSessionLostIsToldAndRepairedInTheReplay() throws Exception {
        Path file = folder.resolve("incident.jsonl");
        recorded(true, (Incident) incidents().findFirst().orElseThrow().get()[2], file);
        try (GwsServer gws = GwsServer.replaying(GwsSettings.defaults(), file, true).start();
                ListeningRoute route = ListeningRoute.from(uri(gws.url(), "whoever") + "&replay=true")) {
            assertThat(gws.awaitReplayed(PATIENCE)).isTrue();
            assertThat(taken(route, 11)).extracting(each -> each.getIn().getHeader(IMSessionConstants.ORIGIN))
                    .containsExactly("replay", "replay", "replay", "replay", "replay", "replay", "replay", "gap",
                            "snapshot", "replay", "replay");
        }
    }

    private List<Exchange> recorded(boolean acknowledging, Incident incident, Path file) throws Exception {
        GwsSettings settings = acknowledging ? GwsSettings.defaults()
                : GwsSettings.defaults().without(GwsSwitch.ACK_EXTENSION);
        try (GwsServer gws = GwsServer.create(settings).agent(NAME, PASSWORD).start();
                Recorder recorder = Recorder.start(URI.create(gws.url()), 0, file, false);
                ListeningRoute route = ListeningRoute.from(uri(recorder.url(), NAME))) {
            route.awaitSettled();
            SimulatedAgent agent = gws.agent(NAME);
            SimulatedSession session = agent.session().rings().talks();
            TEXTS.subList(0, TEXTS.size() - 1).forEach(session::hears);
            session.attach(Map.of("favColor", "blue", "WWE_PARTY", Map.of("digits", 30023)));
            List<Exchange> heard = new ArrayList<>(takenUntil(route, each -> "AttachedDataChanged".equals(
                    each.getHeader(IMSessionConstants.NOTIFICATION_TYPE))));
            secrets.addAll(agent.clientIds());
            incident.happen(gws, agent, session);
            route.awaitSettled();
            assertThat(agent.awaitHeldConnect(PATIENCE)).isTrue();
            agent.session().hears(LAST);
            heard.addAll(takenUntil(route, each -> each.getBody() instanceof IMLogUpdateMessage text
                    && text.message().equals(LAST)));
            secrets.add(session.peerNumber());
            secrets.add(agent.phoneNumber());
            gws.requests().all().forEach(each -> secrets.addAll(each.cookies().values()));
            secrets.addAll(agent.clientIds());
            return heard;
        }
    }

    private static String uri(String url, String agent) {
        return ListeningRoute.uri(url, agent, "password=" + PASSWORD, "requestTimeout=20000");
    }

    private static List<Exchange> taken(ListeningRoute route, int number) throws InterruptedException {
        List<Exchange> all = new ArrayList<>();
        while (all.size() < number) {
            all.add(route.inbox().take());
        }
        assertThat(route.inbox().rest()).isEmpty();
        return all;
    }

    private static List<Exchange> takenUntil(ListeningRoute route, Predicate<Message> last)
            throws InterruptedException {
        List<Exchange> all = new ArrayList<>();
        do {
            all.add(route.inbox().take());
        } while (!last.test(all.get(all.size() - 1).getIn()));
        return all;
    }

    /** A number of few digits may be part of an id by chance, or be a time or the number of a message. */
    private void nothingOfPeopleIsIn(Path file) throws Exception {
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(secrets).hasSizeGreaterThan(4);
        String text = Files.readString(file);
        Map<Boolean, List<String>> numbers = Stream.concat(secrets.stream(), Stream.of("30023"))
                .collect(Collectors.partitioningBy(each -> each.matches("\\d{1,8}")));
        assertThat(numbers.get(true)).hasSizeGreaterThan(2).allSatisfy(number -> assertThat(text)
                .doesNotContainPattern("(?<!\"id\":\"|\"ms\":|[0-9A-Za-z])" + number + "(?![0-9A-Za-z])"));
        assertThat(text).doesNotContain(numbers.get(false)).doesNotContain(TEXTS)
                .doesNotContain(NAME, PASSWORD, "margaret", "Hamilton", "astray", "Grüße", "Привет", "日本語",
                        "favColor", "WWE_PARTY", "JSESSIONID", "BAYEUX_BROWSER", "127.0.0.1",
                        Base64.getEncoder().encodeToString((NAME + ":" + PASSWORD).getBytes()));
    }
}
