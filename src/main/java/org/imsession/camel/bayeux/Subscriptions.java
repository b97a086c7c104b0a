package org.imsession.camel.bayeux;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.client.ClientSession;

/**
 * What a session subscribes to. A server that keeps nothing puts events into whichever answer leaves next, and of two
 * answers on two connections either may be the older one. So in such a session a subscription and a connect are never
 * under way at the same time: a connect waits for the subscription before it, for the keep-alive at most, and a
 * subscription for the answer to the connect before it. An answer that broke off may have had events, too, so that is
 * an interruption of the session. Thread-safe.
 */
final class Subscriptions implements ClientSession.Extension {

    private final AgentClient client;
    private final Failures failures;
    private final AgentClient.Owner owner;
    private final HeldConnect held;
    private volatile Session current = new Session(true);

    /**
     * @param owner  hears of failures
     * @param held   holds the connects
     */
    Subscriptions(AgentClient client, Failures failures, AgentClient.Owner owner, HeldConnect held) {
        this.client = client;
        this.failures = failures;
        this.owner = owner;
        this.held = held;
    }

    /**
     * A session begins, and CometD has forgotten the subscriptions of the one before. Subscribes to the
     * topic, before the first connect leaves.
     *
     * @param confirmed told when the server has confirmed that
     */
    void begin(boolean acknowledging, String topic, Runnable confirmed) {
        Session begun = new Session(acknowledging);
        current = begun;
        begun.send(topic, refused -> refused.ifPresentOrElse(why -> {
            if (!client.isDisconnected()) {
                end(why);
            }
        }, confirmed));
    }

    /** Subscribes to one more channel, now or between two connects; returns whether now. */
    boolean add(String channel, Consumer<Optional<BayeuxFailure>> done) {
        Session session = current;
        if (session.acknowledging) {
            session.send(channel, done);
        } else {
            session.waiting.add(() -> session.send(channel, done));
        }
        return session.acknowledging;
    }

    private void end(BayeuxFailure reason) {
        owner.failed(reason);
        client.abort();
    }

    /** A connect is about to leave, and none is under way: the time for a subscription that waits. */
    @Override
    public void outgoing(ClientSession session, Message.Mutable message, Promise<Boolean> promise) {
        Session here = current;
        if (here.waiting != null && Channel.META_CONNECT.equals(message.getChannel()) && client.isConnected()
                && !here.isUnderWay()) {
            Runnable next = here.waiting.poll();
            if (next != null) {
                next.run();
            }
        }
        held.outgoing(session, message, promise);
    }

    /** Whether a connect has to wait. */
    boolean isUnderWay() {
        return current.isUnderWay();
    }

    private final class Session {

        private final boolean acknowledging;
        private final Queue<Runnable> waiting; // null if none ever waits
        private final AtomicInteger underWay = new AtomicInteger();

        Session(boolean acknowledging) {
            this.acknowledging = acknowledging;
            this.waiting = acknowledging ? null : new ConcurrentLinkedQueue<>();
        }

        void send(String channel, Consumer<Optional<BayeuxFailure>> done) {
            underWay.incrementAndGet();
            client.subscribe(channel, reply -> {
                Optional<BayeuxFailure> failure = reply.isSuccessful() ? Optional.empty()
                        : Optional.of(failures.of(reply));
                done.accept(failure);
                failure.filter(this::isAnswerLost).ifPresentOrElse(this::interrupted, this::answered);
            });
        }

        private void answered() {
            underWay.decrementAndGet();
            if (!acknowledging) {
                held.ended();
            }
        }

        /** What a connect brings is not to overtake that. */
        private void interrupted(BayeuxFailure failure) {
            owner.interrupted(failure, new BayeuxSessionListener.Retry() {
                @Override
                public void after(long millis) {
                    answered(); // a connect has waited, and paces itself
                }

                @Override
                public void never() {
                    end(failure);
                }
            });
        }

        boolean isUnderWay() {
            return !acknowledging && underWay.get() > 0;
        }

        /** Not of a session that has ended, which is told as such, nor if somebody has refused. */
        boolean isAnswerLost(BayeuxFailure failure) {
            return !acknowledging && this == current && !client.isDisconnected() && failure.answerMayBeLost();
        }
    }
}
