package org.imsession.camel.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.recorder.Recorder;
import org.imsession.simulator.recording.Recording;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two agents in one recording, who talk to each other; a balancer gives both the same cookie. */
class TeamReplayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MARGARET = "margaret.hamilton";
    private static final String GRACE = "grace.hopper";
    private static final String HELLO = "Grüße an Grace";
    private static final String LAST = "That is all, thank you";

    @TempDir
    Path folder;

    private final List<Exchange> margarets = new ArrayList<>();
    private final List<Exchange> graces = new ArrayList<>();

    @ParameterizedTest(name = "fast {0}")
    @ValueSource(booleans = {true, false})
    void eachAgentHearsItsOwnPartAndTheLossOfOneIsNotThatOfTheOther(boolean fast) throws Exception {
        Path file = folder.resolve("team.jsonl");
        record(file);
        List<String> names = Recording.read(file).agents();
        assertThat(names).hasSize(2);

        try (GwsServer gws = GwsServer.replaying(GwsSettings.defaults(), file, fast).start();
                ListeningRoute route = ListeningRoute.prepared().add(MARGARET, uri(gws.url(), names.get(0)))
                        .add(GRACE, uri(gws.url(), names.get(1))).start()) {
            assertThat(gws.awaitReplayed(PATIENCE)).isTrue();
            Pair pair = new Pair();
            pair.compare(margarets, taken(route, MARGARET, margarets.size()));
            pair.compare(graces, taken(route, GRACE, graces.size()));
            assertThat(pair.replaced()).containsEntry(MARGARET, names.get(0)).containsEntry(GRACE, names.get(1))
                    .containsKeys(HELLO, LAST);
        }
        assertThat(margarets).noneMatch(each -> isOf("gap", each.getIn()));
        assertThat(Files.readString(file)).doesNotContain(HELLO, LAST, MARGARET, GRACE, "balanced-by-1")
                .doesNotContainPattern("(?i)\\b(margaret|hamilton|grace|hopper)\\b"); // of fewer letters by chance
    }

    private void record(Path file) throws Exception {
        try (GwsServer gws = GwsServer.create().agent(MARGARET, "secret").agent(GRACE, "secret").start();
                Recorder recorder = Recorder.start(URI.create(gws.url()), 0, file, false);
                ListeningRoute route = ListeningRoute.prepared().add(MARGARET, uri(recorder.url(), MARGARET)).start()) {
            gws.faults().always(Step.ANY, Fault.setsCookies("route=balanced-by-1; Path=/"));
            awaitSettled(route, MARGARET);
            route.add(GRACE, uri(recorder.url(), GRACE));
            awaitSettled(route, GRACE);
            SimulatedSession session = gws.agent(MARGARET).talksTo(GRACE).says(HELLO).hears("Hello, Margaret");
            graces.addAll(takenUntil(route, GRACE, each -> isText("Hello, Margaret", each)));
            int read = gws.requests().count(Step.SNAPSHOT);
            gws.agent(GRACE).dropBayeuxSession();
            graces.addAll(takenUntil(route, GRACE, each -> isOf("gap", each)));
            assertThat(gws.awaitRequest(Step.SNAPSHOT, read + 1, PATIENCE)).isTrue();
            awaitSettled(route, GRACE);
            session.says(LAST);
            graces.addAll(takenUntil(route, GRACE, each -> isText(LAST, each)));
            margarets.addAll(takenUntil(route, MARGARET, each -> isText(LAST, each)));
        }
    }

    private static String uri(String url, String agent) {
        return ListeningRoute.uri(url, agent, "requestTimeout=20000");
    }

    private static void awaitSettled(ListeningRoute route, String agent) {
        await().atMost(PATIENCE).until(() -> route.consumer(agent).isResynchronised());
    }

    private static boolean isOf(String origin, Message message) {
        return Objects.equals(origin, message.getHeader(IMSessionConstants.ORIGIN));
    }

    private static boolean isText(String text, Message message) {
        return message.getBody() instanceof IMLogUpdateMessage heard && heard.message().equals(text);
    }

    private static List<Exchange> taken(ListeningRoute route, String agent, int number) throws InterruptedException {
        List<Exchange> all = new ArrayList<>();
        while (all.size() < number) {
            all.add(route.inbox(agent).take());
        }
        assertThat(route.inbox(agent).rest()).isEmpty();
        return all;
    }

    private static List<Exchange> takenUntil(ListeningRoute route, String agent, Predicate<Message> last)
            throws InterruptedException {
        List<Exchange> all = new ArrayList<>();
        do {
            all.add(route.inbox(agent).take());
        } while (!last.test(all.get(all.size() - 1).getIn()));
        return all;
    }
}
