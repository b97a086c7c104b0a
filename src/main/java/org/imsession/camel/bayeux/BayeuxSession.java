package org.imsession.camel.bayeux;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.client.transport.ClientTransport;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookieStore;
import org.imsession.camel.gws.GwsHttpClient;
import org.imsession.camel.gws.ServerWords;
import org.imsession.camel.gws.WithheldCookies;
import org.imsession.camel.threads.Timers;

/**
 * One agent's Bayeux sessions, one after the other: handshake, subscription, the {@code /meta/connect} loop with its
 * acknowledgement held back until the events have ended, and a watch over silence. It does not shake hands again by
 * itself; whoever owns it decides when. Safe for use by several threads.
 */
public final class BayeuxSession {

    private final BayeuxSettings settings;
    private final ScheduledExecutorService scheduler;
    private final PositionKeeper keeper;
    private final ServerWords words;
    private final BayeuxSessionListener listener;
    private final Failures failures;
    private final AgentClient client;
    private final CurrentSession current;
    private final SessionEnd end = new SessionEnd();
    private final WireAnswers answers;
    private final Subscriptions subscriptions;
    private final HeldConnect held;
    private final SilenceWatch silence;
    private final ServerTimes times;
    private final ConnectAcknowledger acknowledger;
    private final HandshakeGate gate;
    private final EmptyAnswerThrottle throttle;
    private final GoodBye goodBye;
    private final NumberTrust trust = new NumberTrust();
    private volatile CompletableFuture<Void> closing;

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
        this.settings = settings;
        this.scheduler = scheduler;
        this.times = new ServerTimes(settings);
        this.silence = new SilenceWatch(scheduler, nanoTime, times::allowedSilenceMillis,
                millis -> end(BayeuxFailure.silent(millis)));
        this.current = new CurrentSession(clock);
        this.keeper = keeper;
        this.words = words;
        this.failures = new Failures(words, () -> WithheldCookies.of(cookies, URI.create(settings.url()), words));
        this.listener = listener;
        this.throttle = new EmptyAnswerThrottle(nanoTime);
        Owner owner = new Owner();
        this.answers = new WireAnswers(settings, current, end, times, silence, throttle, failures, listener, owner);
        this.acknowledger = new ConnectAcknowledger(scheduler, keeper, silence, throttle, current,
                times::patienceMillis);
        RawJsonContext json = new RawJsonContext(
                () -> new AnswerParser(settings.maxMessageSize(), expected(), listener.memory()));
        this.goodBye = new GoodBye(settings, http, cookies, decorator, json);
        LongPollingTransport transport = new LongPollingTransport(Map.of(ClientTransport.JSON_CONTEXT_OPTION, json),
                scheduler, http, json, cookies, decorator, answers);
        this.client = new AgentClient(settings.url(), scheduler, transport, failures, owner);
        this.held = new HeldConnect(scheduler, owner, acknowledger);
        this.subscriptions = new Subscriptions(client, failures, owner, held);
        this.gate = new HandshakeGate(() -> {
            silence.begin();
            client.handshake();
        }, () -> closing == null, this::schedule);
        client.addExtension(subscriptions);
    }

    /**
     * Tells the server that the last session is over, if it may still have that one: nobody goes on with it. To be
     * called after the session was lost or left; does nothing if it was closed, or ended by the server.
     */
    public void sayGoodBye() {
        end.takeLeft().ifPresent(goodBye::say);
    }

    /**
     * Goes on with the session of an earlier process, or begins a new one: handshake, then subscription. The previous
     * one must be lost or closed. One that the server no longer knows is {@linkplain BayeuxSessionListener#lost lost}.
     *
     * @param position where that session stood, {@code null} for a new one
     */
    public void open(SessionPosition position) {
        current.open(position);
        end.open();
        closing = null;
        gate.begin();
    }

    /** How long the server keeps a session that it does not hear of, empty if it has not told. */
    public Optional<Duration> maxInterval() {
        return times.maxInterval();
    }

    /** A session that begins repeats nothing, whatever is still at work of the one before. */
    private int[] expected() {
        return current.isAhead() ? new int[0] : ledger().expected();
    }

    /**
     * Ends the session: tells the server, waits at most that long for its answer, and lets go.
     *
     * @return completed, never exceptionally, when the client has stopped
     */
    public CompletableFuture<Void> close(Duration patience) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        closing = closed;
        trust.renew();
        end.because(new BayeuxFailure(BayeuxFailure.Kind.CLOSED, 0, 0, "closed"));
        if (!gate.close() || client.isDisconnected()) {
            closed.complete(null);
            return closed;
        }
        if (!current.isAhead()) { // else it is not known yet which session that will be, see begin()
            client.disconnect(reply -> { });
        }
        schedule(() -> {
            if (!closed.isDone()) {
                client.abort();
                closed.complete(null);
            }
        }, patience.toMillis());
        return closed;
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
        CompletableFuture<Void> left = new CompletableFuture<>();
        AckLedger ledger = ledger();
        SessionPosition session = current.position();
        end.because(new BayeuxFailure(BayeuxFailure.Kind.CLOSED, 0, 0, "left"));
        end.left(current.clientId());
        gate.leave();
        trust.renew();
        silence.end();
        client.abort();
        CurrentSession.seal(session, ledger).ifPresentOrElse(
                position -> keeper.keep(position, () -> left.complete(null)), () -> left.complete(null));
        return left;
    }

    /** Lets a held {@code /meta/connect} go although events are at work, if the server keeps what finds no room. */
    public void connectNow() {
        if (ledger().acknowledging()) {
            held.release();
        }
    }

    /** How many events the server has sent again, which were recognised. */
    public long repeated() {
        return answers.repeated();
    }

    /** The ledger of the current session. */
    public AckLedger ledger() {
        return current.ledger();
    }

    /** The number of the {@code /meta/connect} that is held back now, 0 if none is. */
    public long holding() {
        return held.holding();
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
        return subscriptions.add(channel, done);
    }

    private void connected(Message reply) {
        silence.progress();
        if (reply.isSuccessful()) {
            learn(reply);
            end.connected();
            listener.connected();
        }
    }

    private void learn(Message reply) {
        if (reply.getAdvice() != null) {
            if (Boolean.TRUE.equals(reply.getAdvice().get("multiple-clients"))) {
                listener.crowded();
            }
            times.learn(reply.getAdvice());
        }
    }

    private void end(BayeuxFailure reason) {
        end.because(reason);
        client.abort();
    }

    private void schedule(Runnable task, long millis) {
        Timers.after(scheduler, millis, task, client::abort);
    }

    /** What its parts ask of it: one object for all, of each agent. */
    private final class Owner implements WireAnswers.Owner, AgentClient.Owner, HeldConnect.Owner {

        @Override
        public boolean begin(Message handshake, Reply reply) {
            if (closing != null) {
                goodBye.say(reply.getClientId()); // only now it is known which session was to be closed
                schedule(client::abort, 0); // CometD has this answer to handle yet
                return false;
            }
            boolean acknowledging = isTrusted() && reply.acknowledges();
            boolean resumed = current.isResuming();
            words.clientId(reply.getClientId());
            acknowledger.begin();
            SessionPosition at = current.begin(handshake.getId(), reply.getClientId(), acknowledging, held);
            end.begun(!resumed);
            listener.opened(at.name(), acknowledging, resumed);
            return true;
        }

        @Override
        public void taken(AckLedger ledger) {
            trust.judge(ledger).ifPresent(why -> schedule(() -> { // CometD handles it yet
                if (ledger == ledger() && !client.isDisconnected()) {
                    end(new BayeuxFailure(BayeuxFailure.Kind.MISCOUNTED, 0, 0, why));
                }
            }, 0));
        }

        /** By the server's numbers; not again until whoever has this session has let go of it. */
        @Override
        public boolean isTrusted() {
            return settings.acknowledge() && !trust.isLost();
        }

        @Override
        public boolean isBusy() {
            return answers.isBusy() || subscriptions.isUnderWay();
        }

        @Override
        public boolean hasMore() {
            return ledger().hasMore();
        }

        /** A pause of our own may be longer than any silence may be. */
        @Override
        public long holdMillis() {
            long hold = times.holdMillis();
            silence.resume(hold);
            listener.heldBack();
            return hold;
        }

        @Override
        public void failed(BayeuxFailure reason) {
            end.failed(reason);
        }

        @Override
        public void interrupted(BayeuxFailure reason, BayeuxSessionListener.Retry retry) {
            listener.interrupted(end.interrupted(reason), silence.suspendedUntil(retry));
        }

        @Override
        public void answered(Message reply) {
            if (Channel.META_CONNECT.equals(reply.getChannel())) {
                connected(reply);
            } else if (Channel.META_HANDSHAKE.equals(reply.getChannel()) && reply.isSuccessful() && closing == null) {
                learn(reply);
                subscriptions.begin(ledger().acknowledging(), listener.topic(), listener::subscribed);
            }
        }

        @Override
        public long pauseMillis() {
            return throttle.pauseMillis(settings.keepAlive().toMillis());
        }

        @Override
        public void terminated() {
            held.drop();
            String ended = current.clientId();
            current.end();
            CompletableFuture<Void> closed = closing;
            if (gate.ended()) {
                silence.end();
                listener.lost(end.ended(ended));
            }
            if (closed != null) {
                closed.complete(null); // last, so that nothing is heard of a session after it was closed
            }
        }
    }
}
