package org.imsession.camel.bayeux;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.client.ClientSessionChannel;
import org.cometd.client.transport.ClientTransport;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookieStore;
import org.imsession.camel.gws.CutAnswers;
import org.imsession.camel.gws.ServerWords;
import org.imsession.camel.gws.WithheldCookies;
import org.imsession.camel.threads.Timers;

/**
 * One agent's Bayeux sessions, one after the other: handshake, subscription, the {@code /meta/connect} loop with its
 * acknowledgement held back until the events have ended, and a watch over silence. It does not shake hands again by
 * itself; whoever owns it decides when. Safe for use by several threads.
 */
public final class BayeuxSession {

    private static final int[] NOTHING = {};

    private final BayeuxSettings settings;
    private final ScheduledExecutorService scheduler;
    private final InstantSource clock;
    private final PositionKeeper keeper;
    private final ServerWords words;
    private final Failures failures;
    private final BayeuxSessionListener listener;
    private final AgentClient client;
    private final HeldConnect held;
    private final SilenceWatch silence;
    private final ServerTimes times;
    private final ConnectAcknowledger acknowledger;
    private final HandshakeGate gate;
    private final LongAdder repeated = new LongAdder();
    private final EmptyAnswerThrottle throttle;
    private final CutAnswers cuts = new CutAnswers();
    private final Stickiness stickiness = new Stickiness();
    private final GoodBye goodBye;
    private final NumberTrust trust = new NumberTrust();

    private volatile AckLedger ledger;
    private volatile Instant begun;
    private volatile SessionPosition resuming;
    private volatile BayeuxFailure failure;
    private volatile BayeuxFailure pushed;
    private volatile CompletableFuture<Void> closing;
    private volatile long retryAfterMillis;
    private volatile String over;

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
    public BayeuxSession(BayeuxSettings settings, HttpClient http, HttpCookieStore cookies,
                         Consumer<Request> decorator, ScheduledExecutorService scheduler, LongSupplier nanoTime,
                         InstantSource clock, PositionKeeper keeper, ServerWords words,
                         BayeuxSessionListener listener) {
        this.settings = settings;
        this.scheduler = scheduler;
        this.times = new ServerTimes(settings);
        this.silence = new SilenceWatch(scheduler, nanoTime, times::allowedSilenceMillis, this::silent);
        this.clock = clock;
        this.begun = clock.instant();
        this.ledger = new AckLedger(false, "", begun, clock, () -> { });
        this.keeper = keeper;
        this.words = words;
        this.failures = new Failures(words,
                () -> WithheldCookies.of(cookies, URI.create(settings.url()), words));
        this.listener = listener;
        this.throttle = new EmptyAnswerThrottle(nanoTime);
        this.acknowledger = new ConnectAcknowledger(scheduler, keeper, throttle, this::ledger, times::patienceMillis);
        Map<String, Object> options = new HashMap<>();
        RawJsonContext json = new RawJsonContext(
                () -> new AnswerParser(settings.maxMessageSize(), expected(), listener.memory()));
        this.goodBye = new GoodBye(settings, http, cookies, decorator, json);
        options.put(ClientTransport.JSON_CONTEXT_OPTION, json);
        LongPollingTransport transport =
                new LongPollingTransport(options, scheduler, http, json, cookies, decorator, new Answers());
        this.client = new AgentClient(settings.url(), scheduler, transport, failures, new ClientOwner());
        this.held = new HeldConnect(scheduler, this::isTrusted, this::busy, () -> ledger.hasMore(), this::depart,
                this::holdMillis);
        this.gate = new HandshakeGate(this::shakeHands, () -> closing == null, this::schedule);
        client.addExtension(held);
        client.getChannel(Channel.META_HANDSHAKE).addListener((ClientSessionChannel.MessageListener)
                (channel, reply) -> handshaken(reply));
        client.getChannel(Channel.META_CONNECT).addListener((ClientSessionChannel.MessageListener)
                (channel, reply) -> connected(reply));
    }

    /**
     * Tells the server that the last session is over, if it may still have that one: nobody goes on with it. To be
     * called after the session was lost or left; does nothing if it was closed, or ended by the server.
     */
    public void sayGoodBye() {
        String id = over;
        if (id != null) {
            over = null;
            goodBye.say(id);
        }
    }

    /** Begins a new session: handshake, then subscription. The previous one must be lost or closed. */
    public void open() {
        open(null);
    }

    /**
     * Goes on with the session of an earlier process, or begins a new one. If the server no longer knows it, the
     * session is {@linkplain BayeuxSessionListener#lost lost} as any other.
     *
     * @param position where that session stood, {@code null} for a new one
     */
    public void open(SessionPosition position) {
        resuming = position;
        begun = clock.instant();
        failure = null;
        pushed = null;
        closing = null;
        gate.begin();
    }

    private void shakeHands() {
        silence.begin();
        client.handshake();
    }

    /** A session that begins repeats nothing, whatever is still at work of the one before. */
    private int[] expected() {
        return gate.isAhead() ? NOTHING : ledger.expected();
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
        failure = new BayeuxFailure(BayeuxFailure.Kind.CLOSED, 0, 0, "closed");
        if (client.isDisconnected()) {
            closed.complete(null);
            return closed;
        }
        if (!gate.isAhead()) { // else it is not known yet which session that will be, see answered()
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
        return ConnectAcknowledger.seal(acknowledger.session(), ledger);
    }

    /**
     * Lets go of the session without a word to the server, so that it can be resumed.
     *
     * @return completed, never exceptionally, when its position is kept
     */
    public CompletableFuture<Void> leave() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        AckLedger current = ledger;
        SessionPosition session = acknowledger.session();
        failure = new BayeuxFailure(BayeuxFailure.Kind.CLOSED, 0, 0, "left");
        over = session == null ? null : session.clientId();
        gate.leave();
        trust.renew();
        silence.end();
        client.abort();
        ConnectAcknowledger.seal(session, current).ifPresentOrElse(
                position -> keeper.keep(position, () -> left.complete(null)), () -> left.complete(null));
        return left;
    }

    /** Lets a held {@code /meta/connect} go although events are at work, if the server keeps what finds no room. */
    public void connectNow() {
        if (ledger.acknowledging()) {
            held.release();
        }
    }

    /** How many events the server has sent again, which were recognised. */
    public long repeated() {
        return repeated.sum();
    }

    /** The ledger of the current session. */
    public AckLedger ledger() {
        return ledger;
    }

    /** Whether to acknowledge by the server's numbers; not again until the owner has let go of the session. */
    private boolean isTrusted() {
        return settings.acknowledge() && !trust.isLost();
    }

    private boolean busy() {
        AckLedger current = ledger;
        return current.acknowledging()
                ? current.outstanding() > 0
                : listener.isHalfFull();
    }

    private void depart(String requestId, LongConsumer send) {
        silence.progress();
        acknowledger.depart(requestId, send);
    }

    /** A pause of our own may be longer than any silence may be. */
    private long holdMillis() {
        long hold = times.holdMillis();
        silence.resume(hold);
        listener.heldBack();
        return hold;
    }

    /** The number of the {@code /meta/connect} that is held back now, 0 if none is. */
    public long holding() {
        return held.holding();
    }

    private void answered(List<Message.Mutable> requests, Answer answer) {
        silence.progress();
        Message.Mutable request = requests.get(0);
        Reply reply = answer.replyTo(request);
        pushed = answer.pushedDisconnect(request).map(failures::ofPushed).orElse(pushed);
        if (reply != null && Channel.META_HANDSHAKE.equals(request.getChannel()) && reply.isSuccessful()) {
            if (closing != null) {
                goodBye.say(reply.getClientId()); // only now it is known which session was to be closed
                schedule(client::abort, 0); // CometD has this answer to handle yet
                return;
            }
            begin(request.getId(), reply);
        }
        AckLedger current = ledger;
        if (Channel.META_CONNECT.equals(request.getChannel()) && current.isOfAnother(request.getId())) {
            return; // it was given up, and what it brings comes again
        }
        boolean truncated = answer.truncated();
        TakenAnswer taken = current.take(request.getId(), reply == null ? -1 : reply.batch(), answer.events(),
                listener.room(), reply != null && reply.isSuccessful() && !truncated);
        repeated.add(taken.repeated());
        if (taken.repeated() == 0) {
            times.moving();
        }
        if (Channel.META_CONNECT.equals(request.getChannel())) {
            throttle.answered(taken.fresh().isEmpty() && !busy());
        }
        int refused = taken.refused() + (truncated ? 1 : 0);
        if (!taken.fresh().isEmpty() || refused > 0) {
            listener.received(taken.fresh(), refused, taken.since());
        }
        trust.judge(current).ifPresent(why -> schedule(() -> miscounted(current, why), 0)); // CometD handles it yet
    }

    /** The server keeps the events of an answer that broke off only if it acknowledges: others come once. */
    private void broken(Message.Mutable request, Answer soFar) {
        AckLedger current = ledger;
        if (current.acknowledging() || gate.isAhead() || !Channel.META_CONNECT.equals(request.getChannel())
                || soFar.events().isEmpty()) {
            return;
        }
        TakenAnswer taken = current.take(request.getId(), -1, soFar.events(), listener.room(), false);
        int refused = taken.refused() + (soFar.truncated() ? 1 : 0);
        listener.received(taken.fresh(), refused, taken.since());
    }

    /** What is known of something in front of the server that cuts answers, for an operator. */
    public Optional<String> cutting() {
        return cuts.finding();
    }

    /** What is known of a load balancer that sends the requests of one session to several nodes, for an operator. */
    public Optional<String> scattered() {
        return stickiness.finding();
    }

    private void begin(String handshakeId, Reply reply) {
        boolean acknowledging = isTrusted() && reply.acknowledges();
        SessionPosition from = resuming;
        resuming = null;
        words.clientId(reply.getClientId());
        SessionPosition at = from != null ? from
                : SessionPosition.first(reply.getClientId(), handshakeId, begun);
        acknowledger.begin(at);
        ledger = from == null ? new AckLedger(acknowledging, handshakeId, begun, clock, held)
                : AckLedger.resume(from, handshakeId, clock, held);
        stickiness.begun(from == null);
        gate.done();
        listener.opened(at.name(), acknowledging, from != null);
    }

    private void handshaken(Message reply) {
        if (!reply.isSuccessful() || closing != null) {
            return;
        }
        learn(reply);
        // CometD forgets subscriptions at each handshake, so this subscribes exactly once per session
        client.getChannel(settings.topic()).subscribe((channel, message) -> { }, subscription -> {
            if (subscription.isSuccessful()) {
                listener.subscribed();
            } else if (!client.isDisconnected()) {
                end(failures.of(subscription));
            }
        });
    }

    /**
     * Subscribes to one more channel within the session as it is; a failure does not end the session.
     *
     * @param done hears why it failed, if it did
     */
    public void subscribe(String channel, Consumer<Optional<BayeuxFailure>> done) {
        client.getChannel(channel).subscribe((from, message) -> { }, reply ->
                done.accept(reply.isSuccessful() ? Optional.empty() : Optional.of(failures.of(reply))));
    }

    private void connected(Message reply) {
        silence.progress();
        if (reply.isSuccessful()) {
            learn(reply);
            stickiness.connected();
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

    private void miscounted(AckLedger given, String why) {
        if (given == ledger && !client.isDisconnected()) {
            end(new BayeuxFailure(BayeuxFailure.Kind.MISCOUNTED, 0, 0, why));
        }
    }

    private void end(BayeuxFailure reason) {
        failure = reason;
        client.abort();
    }

    private void silent(long millis) {
        end(new BayeuxFailure(BayeuxFailure.Kind.SILENT, 0, 0, "no sign of life for " + millis + " ms"));
    }

    private void schedule(Runnable task, long millis) {
        Timers.after(scheduler, millis, task, client::abort);
    }

    private final class Answers implements LongPollingTransport.Owner {

        @Override
        public long silenceMillis(Message.Mutable request, boolean begun) {
            return settings.maxNetworkDelay().toMillis() + (begun ? 0 : times.heldMillis(request));
        }

        @Override
        public long answerMillis() {
            return settings.answerTimeout().toMillis();
        }

        @Override
        public void progress() {
            silence.progress();
        }

        @Override
        public void cut(List<Message.Mutable> requests, Answer answer, long afterMillis, long afterBytes) {
            cuts.cut(afterMillis, afterBytes);
            broken(requests.get(0), answer);
        }

        @Override
        public void givenUp(List<Message.Mutable> requests, Answer answer) {
            broken(requests.get(0), answer);
        }

        @Override
        public void whole(long afterMillis, long afterBytes) {
            cuts.whole(afterMillis, afterBytes);
        }

        @Override
        public void answered(List<Message.Mutable> requests, Answer answer) {
            BayeuxSession.this.answered(requests, answer);
        }

        @Override
        public void refused(Duration wait) {
            retryAfterMillis = wait.toMillis();
        }

        @Override
        public Answer resume(Message.Mutable handshake) {
            SessionPosition position = resuming;
            if (position == null) {
                return null;
            }
            Answer answer = new Answer();
            answer.add(Reply.toResumedHandshake(handshake.getId(), position.clientId()));
            return answer;
        }
    }

    private final class ClientOwner implements AgentClient.Owner {

        @Override
        public void failed(BayeuxFailure reason) {
            if (failure == null) {
                failure = waiting(reason);
            }
        }

        private BayeuxFailure waiting(BayeuxFailure reason) {
            String detail = reason.kind() == BayeuxFailure.Kind.NETWORK
                    ? cuts.finding().map(finding -> reason.detail() + "; " + finding).orElse(reason.detail())
                    : reason.detail();
            return new BayeuxFailure(reason.kind(), reason.httpStatus(),
                    reason.httpStatus() == 0 ? 0 : retryAfterMillis, detail);
        }

        @Override
        public void interrupted(BayeuxFailure reason, BayeuxSessionListener.Retry retry) {
            if (reason.loginUnknown()) {
                stickiness.refused();
            }
            listener.interrupted(waiting(reason), silence.suspendedUntil(retry));
        }

        @Override
        public long pauseMillis() {
            return throttle.pauseMillis(settings.keepAlive().toMillis());
        }

        @Override
        public void terminated() {
            held.drop();
            SessionPosition session = acknowledger.session();
            acknowledger.end();
            CompletableFuture<Void> closed = closing;
            if (gate.ended()) {
                silence.end();
                BayeuxFailure reason = failure != null ? failure : pushed;
                boolean unexplained = session != null && reason != null && pushed == null;
                boolean elsewhere = unexplained && reason.kind() == BayeuxFailure.Kind.SESSION_UNKNOWN
                        && stickiness.unknown();
                boolean loginElsewhere = unexplained && reason.loginUnknown() && stickiness.endedByRefusal();
                boolean left = reason != null && reason.serverMayHaveIt() && pushed == null;
                over = session != null && (left || elsewhere) ? session.clientId() : null;
                listener.lost(reason == null
                        ? new BayeuxFailure(BayeuxFailure.Kind.SESSION_ENDED, 0, 0, "the server ended the session")
                        : loginElsewhere ? reason.with(Stickiness.OTHER_NODE)
                        : stickiness.finding().filter(finding -> elsewhere).map(finding -> reason.with("; " + finding))
                                .orElse(reason));
            }
            if (closed != null) {
                closed.complete(null); // last, so that nothing is heard of a session after it was closed
            }
        }
    }
}
