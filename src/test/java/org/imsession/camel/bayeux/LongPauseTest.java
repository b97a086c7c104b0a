package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.imsession.camel.gws.AgentCredentials;
import org.imsession.camel.gws.GwsHttpClient;
import org.imsession.camel.gws.GwsJson;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.gws.GwsSettings;
import org.imsession.camel.gws.HttpSettings;
import org.imsession.camel.gws.LoginPace;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A pause between two connects that we make ourselves is no silence. The watch over silence used to drop the session in
 * the middle of one, with a gap although the server still had every event. The client's time runs twenty times as fast.
 */
class LongPauseTest {

    private static final int SPEED = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
    private static final Duration NETWORK_DELAY = Duration.ofSeconds(15);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private final Queue<ReceivedEvent> events = new ConcurrentLinkedQueue<>();
    private final Queue<BayeuxFailure> losses = new ConcurrentLinkedQueue<>();

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(2) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return super.schedule(task, unit.toNanos(delay) / SPEED, TimeUnit.NANOSECONDS);
        }
    };

    /** After 5, 10 and 20 s comes one of 40 s, where 35 s of silence are allowed. */
    @Test
    void aHeartbeatThatAStandingBacklogHasStretchedIsNoSilence() throws Exception {
        gws.settings(settings -> settings.with(GwsSwitch.ADVERTISE_MAX_INTERVAL).withTimeout(Duration.ZERO)
                .withMaxInterval(Duration.ofMinutes(10)));
        during(() -> {
            gws.agent("alice").session().says("never ended");
            Awaitility.await().atMost(PATIENCE).until(() -> events.size() >= 2);
            awaitConnects(5);
        });
        assertThat(losses).isEmpty();
    }

    @Test
    void anIntervalThatTheServerAsksForIsNoSilence() throws Exception {
        gws.settings(settings -> settings.withInterval(Duration.ofMinutes(1)).withTimeout(Duration.ZERO));
        during(() -> awaitConnects(2));
        assertThat(losses).isEmpty();
    }

    private void awaitConnects(int more) {
        int before = gws.requests().count(Step.CONNECT);
        Awaitility.await().atMost(PATIENCE).until(() ->
                gws.requests().count(Step.CONNECT) >= before + more || !losses.isEmpty());
    }

    private void during(Runnable test) throws Exception {
        gws.restart();
        IMSessionJson json = new IMSessionJson();
        try (GwsHttpClient http = new GwsHttpClient(HttpSettings.defaults())) {
            http.start();
            GwsSession login = new GwsSession("alice", GwsSettings.of(gws.url()), http,
                    AgentCredentials.ofPassword("alice", "secret"), Runnable::run, new GwsJson(json::readObject,
                            json::writeBytes, json::readSessions, json::readSession), Clock.systemUTC(),
                    LoginPace.NONE);
            login.login().get(20, TimeUnit.SECONDS);
            BayeuxSettings settings = new BayeuxSettings(gws.url() + "/api/v2/notifications", "/v2/me/im-sessions",
                    true, 1 << 20, NETWORK_DELAY, KEEP_ALIVE, 100);
            BayeuxSession session = new BayeuxSession(settings, http, login.cookies(), login::decorate, scheduler,
                    () -> System.nanoTime() * SPEED, Instant::now, PositionKeeper.NONE, new Noting());
            session.open();
            Awaitility.await().atMost(PATIENCE).until(() -> gws.agent("alice").subscribers() == 1);
            test.run();
            session.leave();
        } finally {
            scheduler.shutdownNow();
        }
    }

    private final class Noting implements SessionListener {

        @Override
        public void opened(String session, boolean acknowledging, boolean resumed) {
            // not of interest
        }

        @Override
        public void subscribed() {
            // not of interest
        }

        @Override
        public void connected() {
            // not of interest
        }

        @Override
        public void crowded() {
            // not of interest
        }

        @Override
        public int room() {
            return 100;
        }

        @Override
        public void received(List<ReceivedEvent> received, int refused, Instant since) {
            events.addAll(received);
        }

        @Override
        public void interrupted(BayeuxFailure failure, Retry retry) {
            retry.after(0);
        }

        @Override
        public void lost(BayeuxFailure failure) {
            if (failure.kind() != BayeuxFailure.Kind.CLOSED) {
                losses.add(failure);
            }
        }
    }
}
