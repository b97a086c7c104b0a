package org.imsession.camel.bayeux;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;

/** Takes the events out of the answers of a session, and gives the new ones to the listener. Thread-safe. */
final class WireAnswers implements LongPollingTransport.Owner {

    private static final AtomicLongFieldUpdater<WireAnswers> REPEATED =
            AtomicLongFieldUpdater.newUpdater(WireAnswers.class, "repeated");

    private final BayeuxSettings settings;
    private final CurrentSession current;
    private final SessionEnd end;
    private final ServerTimes times;
    private final SilenceWatch silence;
    private final EmptyAnswerThrottle throttle;
    private final Failures failures;
    private final BayeuxSessionListener listener;
    private final Owner owner;
    private volatile long repeated;

    /** Whose answers they are. */
    interface Owner {

        /**
         * The server has shaken hands.
         *
         * @return whether the session begins, and is still wanted
         */
        boolean begin(Message handshake, Reply reply);

        /** An answer has been taken into that ledger. */
        void taken(AckLedger ledger);
    }

    WireAnswers(BayeuxSettings settings, CurrentSession current, SessionEnd end, ServerTimes times,
                SilenceWatch silence, EmptyAnswerThrottle throttle, Failures failures, BayeuxSessionListener listener,
                Owner owner) {
        this.settings = settings;
        this.current = current;
        this.end = end;
        this.times = times;
        this.silence = silence;
        this.throttle = throttle;
        this.failures = failures;
        this.listener = listener;
        this.owner = owner;
    }

    /** How many events the server has sent again, which were recognised. */
    long repeated() {
        return repeated;
    }

    /** Whether events are at work for which a connect waits. */
    boolean isBusy() {
        AckLedger ledger = current.ledger();
        return ledger.acknowledging() ? ledger.outstanding() > 0 : listener.isHalfFull();
    }

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
    public Answer resume(Message.Mutable handshake) {
        return current.resume(handshake);
    }

    @Override
    public void refused(Duration wait) {
        end.refused(wait);
    }

    @Override
    public void whole(long afterMillis, long afterBytes) {
        end.whole(afterMillis, afterBytes);
    }

    @Override
    public void cut(List<Message.Mutable> requests, Answer answer, long afterMillis, long afterBytes) {
        end.cut(afterMillis, afterBytes);
        givenUp(requests, answer);
    }

    /** The server keeps the events of an answer that broke off only if it acknowledges: others come once. */
    @Override
    public void givenUp(List<Message.Mutable> requests, Answer soFar) {
        AckLedger ledger = current.ledger();
        Message.Mutable request = requests.get(0);
        if (ledger.acknowledging() || current.isAhead() || !Channel.META_CONNECT.equals(request.getChannel())
                || soFar.events().isEmpty()) {
            return;
        }
        TakenAnswer taken = ledger.take(request.getId(), -1, soFar.events(), listener.room(), false);
        int refused = taken.refused() + (soFar.truncated() ? 1 : 0);
        listener.received(taken.fresh(), refused, taken.since());
    }

    @Override
    public void answered(List<Message.Mutable> requests, Answer answer) {
        silence.progress();
        Message.Mutable request = requests.get(0);
        Reply reply = answer.replyTo(request);
        answer.pushedDisconnect(request).map(failures::ofPushed).ifPresent(end::pushed);
        if (reply != null && Channel.META_HANDSHAKE.equals(request.getChannel()) && reply.isSuccessful()
                && !owner.begin(request, reply)) {
            return;
        }
        AckLedger ledger = current.ledger();
        boolean connect = Channel.META_CONNECT.equals(request.getChannel());
        if (connect && ledger.isOfAnother(request.getId())) {
            return; // it was given up, and what it brings comes again
        }
        boolean truncated = answer.truncated();
        TakenAnswer taken = ledger.take(request.getId(), reply == null ? -1 : reply.batch(), answer.events(),
                listener.room(), reply != null && reply.isSuccessful() && !truncated);
        REPEATED.addAndGet(this, taken.repeated());
        if (taken.repeated() == 0) {
            times.moving();
        }
        if (connect) {
            throttle.answered(taken.fresh().isEmpty() && !isBusy());
        }
        int refused = taken.refused() + (truncated ? 1 : 0);
        if (!taken.fresh().isEmpty() || refused > 0) {
            listener.received(taken.fresh(), refused, taken.since());
        }
        owner.taken(ledger);
    }
}
