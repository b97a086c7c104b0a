package org.imsession.camel.bayeux;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.client.Request;
import org.imsession.camel.gws.AnswerMemory;
import org.imsession.camel.gws.GwsHttpClient;
import org.imsession.camel.gws.GwsJson;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.gws.GwsSettings;
import org.imsession.camel.gws.HttpSettings;
import org.imsession.camel.gws.LoginPace;
import org.imsession.camel.gws.RefusedCredentials;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.spi.AgentCredentials;

/** The agent alice, logged in at a simulator, for tests of what follows; notes events that come and sessions lost. */
final class LoggedIn implements BayeuxSessionListener, AutoCloseable {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
    private static final Duration NETWORK_DELAY = Duration.ofSeconds(15);
    private static final int ROOM = 100;

    final Queue<ReceivedEvent> events = new ConcurrentLinkedQueue<>();
    final Queue<BayeuxFailure> losses = new ConcurrentLinkedQueue<>();
    final Queue<BayeuxFailure> interruptions = new ConcurrentLinkedQueue<>();
    /** Sees each request of the Bayeux session before it leaves. */
    volatile Consumer<Request> decorator = request -> { };
    /** Whether an event has ended as soon as it has come. */
    volatile boolean ends;

    private final GwsHttpClient http = new GwsHttpClient(HttpSettings.defaults());
    private final ScheduledThreadPoolExecutor scheduler;
    private final GwsSession login;
    private final String url;
    private final AnswerMemory.Share memory = new AnswerMemory(1 << 24).share(1 << 24);

    LoggedIn(String url) throws Exception {
        this(url, new ScheduledThreadPoolExecutor(2));
    }

    LoggedIn(String url, ScheduledThreadPoolExecutor scheduler) throws Exception {
        this.url = url;
        this.scheduler = scheduler;
        IMSessionJson json = new IMSessionJson();
        login = new GwsSession("alice", GwsSettings.of(url), http, AgentCredentials.ofPassword("alice", "secret"),
                Runnable::run, new GwsJson(json::readObject, json::writeBytes, json::readSessions, json::readSession),
                Clock.systemUTC(), LoginPace.NONE, new RefusedCredentials(System::nanoTime),
                Duration.ofMinutes(5));
        login.login().get(20, TimeUnit.SECONDS);
    }

    /** A session that is not open. */
    BayeuxSession session(LongSupplier nanoTime, InstantSource clock) {
        BayeuxSettings settings = new BayeuxSettings(url + "/api/v2/notifications", true, 1 << 20,
                NETWORK_DELAY, KEEP_ALIVE, Duration.ofMinutes(10));
        return new BayeuxSession(settings, http, login.cookies(), request -> {
            login.decorate(request);
            decorator.accept(request);
        }, scheduler, nanoTime, clock, PositionKeeper.NONE, login.words(), this);
    }

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
    public void heldBack() {
    }

    @Override
    public void crowded() {
        // not of interest
    }

    @Override
    public String topic() {
        return "/v2/me/im-sessions";
    }

    @Override
    public int room() {
        return ROOM;
    }

    @Override
    public boolean isHalfFull() {
        return false;
    }

    @Override
    public AnswerMemory.Share memory() {
        return memory;
    }

    @Override
    public void received(List<ReceivedEvent> received, int refused, Instant since) {
        events.addAll(received);
        if (ends) {
            received.forEach(event -> event.ledger().ended(event));
        }
    }

    @Override
    public void interrupted(BayeuxFailure failure, Retry retry) {
        interruptions.add(failure);
        retry.after(0);
    }

    @Override
    public void lost(BayeuxFailure failure) {
        if (failure.kind() != BayeuxFailure.Kind.CLOSED) {
            losses.add(failure);
        }
    }

    @Override
    public void close() throws Exception {
        http.close();
        scheduler.shutdownNow();
    }
}
