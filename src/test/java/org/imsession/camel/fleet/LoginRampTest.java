package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.imsession.camel.bayeux.BayeuxSettings;
import org.imsession.camel.feed.FeedSettings;
import org.imsession.camel.gws.GwsSettings;
import org.imsession.camel.gws.HttpSettings;
import org.imsession.camel.gws.RefusedCredentials;
import org.imsession.camel.json.JsonLimits;
import org.imsession.camel.position.PositionStore;
import org.imsession.camel.recovery.Backoff;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.RecordedRequest;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row F11: agents that lose the server together come back on a ramp. */
class LoginRampTest {

    private static final int AGENTS = 300;
    private static final int PER_SECOND = 100;
    private static final HttpSettings HTTP = HttpSettings.defaults();

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create();

    @Test
    void agentsThatLoseTheServerTogetherComeBackOnARamp() throws Exception {
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try (Fleet fleet = new Fleet(scheduler, workers, workers, workers, PER_SECOND, 50,
                new RefusedCredentials(System::nanoTime))) {
            List<SharedFeed> feeds = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                gws.agent("agent" + i, "secret");
                feeds.add(fleet.feed(connection("agent" + i)));
            }
            CompletableFuture.allOf(feeds.stream().map(SharedFeed::join).toArray(CompletableFuture[]::new))
                    .get(60, TimeUnit.SECONDS);
            gws.requests().clear();
            gws.restart();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() ->
                    feeds.stream().allMatch(shared -> shared.feed().status().live())
                            && gws.requests().count(Step.HANDSHAKE) >= AGENTS);
            List<Instant> handshakes = gws.requests().requests(Step.HANDSHAKE).stream()
                    .map(RecordedRequest::time).sorted().toList();
            long most = IntStream.range(0, handshakes.size()).mapToLong(first -> handshakes.stream()
                    .skip(first).takeWhile(at -> at.isBefore(handshakes.get(first).plusSeconds(1))).count())
                    .max().orElse(0);
            assertThat(most).as("handshakes in any one second").isLessThanOrEqualTo(PER_SECOND * 3 / 2);
            assertThat(feeds).allSatisfy(shared ->
                    assertThat(shared.feed().status().reconnects()).isEqualTo(1));
            feeds.forEach(shared -> shared.leave(Duration.ofSeconds(1)));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() ->
                    feeds.stream().allMatch(shared -> shared.feed().status().state().name().equals("STOPPED")));
        } finally {
            scheduler.shutdownNow();
            workers.shutdownNow();
        }
    }

    private AgentSettings connection(String agent) {
        BayeuxSettings bayeux = new BayeuxSettings(gws.url() + "/api/v2/notifications", true, 1 << 20,
                Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMinutes(10));
        FeedSettings feed = new FeedSettings(agent, "server", bayeux, "/v2/me/im-sessions", 100,
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), 2, 1), Duration.ofMinutes(15),
                Duration.ofMinutes(1), List.of(), "", false);
        return new AgentSettings(GwsSettings.of(gws.url()), HTTP, feed,
                AgentCredentials.ofPassword(agent, "secret"), JsonLimits.DEFAULT, PositionStore.NONE,
                AgentSettings.Services.IGNORED);
    }
}
