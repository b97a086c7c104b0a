package org.imsession.camel.bayeux;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookieStore;
import org.imsession.camel.gws.GwsHttpClient;
import org.imsession.camel.gws.LocalFault;
import org.imsession.camel.gws.ServerWords;
import org.imsession.camel.model.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's Bayeux sessions, one after the other: handshake, subscription, the {@code /meta/connect} loop with its
 * acknowledgement held back until the events have ended, and a watch over silence. It does not shake hands again by
 * itself; whoever owns it decides when. What speaks to the server is made by the first that is opened, for its classes
 * are a fifth of those of a route, which is not to wait for them. Safe for use by several threads.
 */
public final class BayeuxSession {

    private static final Logger LOG = LoggerFactory.getLogger(BayeuxSession.class);

    private final BayeuxSessionListener listener;
    private final CurrentSession current;
    private final SessionEnd end = new SessionEnd();
    private final ServerTimes times;
    private Supplier<AgentLine> maker; // until the line is made, and guarded by this
    private volatile AgentLine line;

    /**
     * @param http      the shared client; it must keep no cookies and follow no redirects
     * @param cookies   the cookies of the agent's login
     * @param decorator adds to a request what the login needs beside cookies
     * @param scheduler runs the timers, and whatever CometD sends
     * @param nanoTime  monotonic time, in nanoseconds
     * @param clock     the time of day, for people
     * @param keeper    keeps the position for a later process
     * @param words     quotes the server, and hears of each client id
     */
    public BayeuxSession(BayeuxSettings settings, GwsHttpClient http, HttpCookieStore cookies,
                         Consumer<Request> decorator, ScheduledExecutorService scheduler, LongSupplier nanoTime,
                         InstantSource clock, PositionKeeper keeper, ServerWords words,
                         BayeuxSessionListener listener) {
        CurrentSession session = new CurrentSession(clock);
        ServerTimes ordered = new ServerTimes(settings);
        this.listener = listener;
        this.current = session;
        this.times = ordered;
        this.maker = () -> new AgentLine(settings, http, cookies, decorator, scheduler, nanoTime, keeper, words,
                listener, session, end, ordered);
    }

    private synchronized AgentLine line() {
        if (line == null) {
            line = maker.get();
            maker = null;
        }
        return line;
    }

    /**
     * Tells the server that the last session is over, if it may still have that one: nobody goes on with it. To be
     * called after the session was lost or left; does nothing if it was closed, or ended by the server.
     */
    public void sayGoodBye() {
        end.takeLeft().ifPresent(clientId -> line().sayGoodBye(clientId));
    }

    /**
     * Goes on with the session of an earlier process, or begins a new one: handshake, then subscription. The previous
     * one must be lost or closed. One that the server no longer knows is {@linkplain BayeuxSessionListener#lost lost}.
     *
     * @param position where that session stood, {@code null} for a new one
     */
    public void open(SessionPosition position) {
        AgentLine made;
        try {
            made = line();
        } catch (RuntimeException | Error e) { // no memory, or a wrong jar: the owner must hear, and tries again
            LOG.warn("What speaks to the server could not be made: {}", LogText.escape(e.toString()));
            LOG.debug("What speaks to the server could not be made", e);
            listener.lost(new BayeuxFailure(BayeuxFailure.Kind.UNREACHABLE, 0, 0,
                    "the handshake failed " + LocalFault.words(e)));
            return;
        }
        made.open(position);
    }

    /** How long the server keeps a session that it does not hear of, empty if it has not told. */
    public Optional<Duration> maxInterval() {
        return times.maxInterval();
    }

    /**
     * Ends the session: tells the server, waits at most that long for its answer, and lets go.
     *
     * @return completed, never exceptionally, when the client has stopped
     */
    public CompletableFuture<Void> close(Duration patience) {
        AgentLine made = line;
        return made == null ? CompletableFuture.completedFuture(null) : made.close(patience);
    }

    /**
     * Where the session stands, if it can be resumed. From now on nothing more of it is acknowledged, so it is to be
     * {@linkplain #leave left}.
     */
    public Optional<SessionPosition> seal() {
        return CurrentSession.seal(current.position(), ledger());
    }

    /**
     * Lets go of the session without a word to the server, so that it can be resumed.
     *
     * @return completed, never exceptionally, when its position is kept
     */
    public CompletableFuture<Void> leave() {
        AgentLine made = line;
        return made == null ? CompletableFuture.completedFuture(null) : made.leave();
    }

    /** Lets a held {@code /meta/connect} go although events are at work, if the server keeps what finds no room. */
    public void connectNow() {
        if (ledger().acknowledging()) {
            line().connectNow();
        }
    }

    /** How many events the server has sent again, which were recognised. */
    public long repeated() {
        AgentLine made = line;
        return made == null ? 0 : made.repeated();
    }

    /** The ledger of the current session. */
    public AckLedger ledger() {
        return current.ledger();
    }

    /** The number of the {@code /meta/connect} that is held back now, 0 if none is. */
    public long holding() {
        AgentLine made = line;
        return made == null ? 0 : made.holding();
    }

    /** What is known of something in front of the server that cuts answers, for an operator. */
    public Optional<String> cutting() {
        return end.cutting();
    }

    /** What is known of a load balancer that sends the requests of one session to several nodes, for an operator. */
    public Optional<String> scattered() {
        return end.scattered();
    }

    /**
     * Subscribes to one more channel within the session as it is; {@code done} hears why that failed, if it did, and
     * nothing if the session ends before. A refusal does not end it.
     *
     * @return whether that has left; else it waits for the answer to a connect
     */
    public boolean subscribe(String channel, Consumer<Optional<BayeuxFailure>> done) {
        return line().subscribe(channel, done);
    }
}
