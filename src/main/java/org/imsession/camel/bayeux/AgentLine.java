package org.imsession.camel.bayeux;

import java.net.URI;
import java.time.Duration;
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
 * What an agent's {@link BayeuxSession} speaks to the server through: CometD's client, the transport, and what decides
 * when a connect leaves. Safe for use by several threads.
 */
final class AgentLine {

    private final BayeuxSettings settings;
    private final ScheduledExecutorService scheduler;
    private final PositionKeeper keeper;
    private final ServerWords words;
    private final BayeuxSessionListener listener;
    private final Failures failures;
    private final AgentClient client;
    private final CurrentSession current;
    private final SessionEnd end;
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
     * @param current which session it is
     * @param end     why it ends
     * @param times   what the server has ordered
     * @see BayeuxSession
     */
    AgentLine(BayeuxSettings settings, GwsHttpClient http, HttpCookieStore cookies, Consumer<Request> decorator,
              ScheduledExecutorService scheduler, LongSupplier nanoTime, PositionKeeper keeper, ServerWords words,
              BayeuxSessionListener listener, CurrentSession current, SessionEnd end, ServerTimes times) {
        this.settings = settings;
        this.scheduler = scheduler;
        this.current = current;
        this.end = end;
        this.times = times;
        this.silence = new SilenceWatch(scheduler, nanoTime, times::allowedSilenceMillis,
                millis -> end(BayeuxFailure.silent(millis)));
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

    /** See {@link BayeuxSession#sayGoodBye}. */
    void sayGoodBye(String clientId) {
        goodBye.say(clientId);
    }

    /** See {@link BayeuxSession#open}. */
    void open(SessionPosition position) {
        current.open(position);
        end.open();
        closing = null;
        gate.begin();
    }

    /** A session that begins repeats nothing, whatever is still at work of the one before. */
    private int[] expected() {
        return current.isAhead() ? new int[0] : ledger().expected();
    }

    /** See {@link BayeuxSession#close}. */
    CompletableFuture<Void> close(Duration patience) {
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

    /** See {@link BayeuxSession#leave}. */
    CompletableFuture<Void> leave() {
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

    /** See {@link BayeuxSession#connectNow}. */
    void connectNow() {
        held.release();
    }

    /** See {@link BayeuxSession#repeated}. */
    long repeated() {
        return answers.repeated();
    }

    private AckLedger ledger() {
        return current.ledger();
    }

    /** See {@link BayeuxSession#holding}. */
    long holding() {
        return held.holding();
    }

    /** See {@link BayeuxSession#subscribe}. */
    boolean subscribe(String channel, Consumer<Optional<BayeuxFailure>> done) {
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
