package org.imsession.camel.bayeux;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.client.ClientSession;
import org.imsession.camel.threads.Alarm;
import org.imsession.camel.threads.HandOff;
import org.imsession.camel.threads.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a {@code /meta/connect} back while events are at work, without a thread, and puts into it what may be
 * acknowledged at the moment it leaves. It leaves after the keep-alive in any case, so that the server's session lives
 * on however slow the route is. CometD lets an extension keep the promise of an outgoing message for as long as it
 * likes; nothing times out meanwhile, since the network timer starts with the request.
 */
final class HeldConnect implements ClientSession.Extension, Waiting {

    private static final Logger LOG = LoggerFactory.getLogger(HeldConnect.class);
    private static final String ACK_FIELD = "ack";

    private final ScheduledExecutorService scheduler;
    private final Owner owner;
    private final AckSource source;
    private final AtomicReference<Departure> held = new AtomicReference<>();
    private final Alarm alarm;
    private volatile long holds;
    private volatile int session;

    /** Decides what a {@code /meta/connect} acknowledges. */
    interface AckSource {

        /**
         * @param requestId the id of the {@code /meta/connect}
         * @param send      takes the batch to acknowledge, negative for none, and lets the connect go; to be called
         *                  once
         */
        void depart(String requestId, LongConsumer send);
    }

    /** Decides when it leaves. */
    interface Owner {

        /** Whether to ask for acknowledgement at the handshake. */
        boolean isTrusted();

        /** Whether to hold a connect that is about to leave. */
        boolean isBusy();

        /** Whether the server has events that it should send again at once. */
        boolean hasMore();

        /** How long to hold one at most; asked when one is held. */
        long holdMillis();
    }

    HeldConnect(ScheduledExecutorService scheduler, Owner owner, AckSource source) {
        this.scheduler = scheduler;
        this.owner = owner;
        this.source = source;
        Runnable leave = this::leave;
        this.alarm = new Alarm(scheduler, leave, leave);
    }

    @Override
    public void outgoing(ClientSession client, Message.Mutable message, Promise<Boolean> promise) {
        if (Channel.META_HANDSHAKE.equals(message.getChannel()) && owner.isTrusted()) {
            message.getExt(true).put(ACK_FIELD, true);
        }
        if (!Channel.META_CONNECT.equals(message.getChannel())) {
            promise.succeed(true);
            return;
        }
        Departure connect = new Departure(message, promise);
        if (owner.isBusy()) {
            hold(connect);
        } else {
            connect.depart();
        }
    }

    private void hold(Departure connect) {
        holds++; // by one thread at a time: CometD sends the next connect after the answer to the last
        held.set(connect);
        alarm.in(owner.holdMillis());
        if (!owner.isBusy()) {
            leave(connect); // the last one ended between the question and the hold
        }
    }

    private void leave() {
        Departure connect = held.get();
        if (connect != null) {
            leave(connect);
        }
    }

    private void leave(Departure connect) {
        if (held.compareAndSet(connect, null)) {
            connect.depart();
        }
    }

    /** Lets a held connect go, if what it waits for has ended. */
    @Override
    public void ended() {
        if (!owner.isBusy()) {
            release();
        }
    }

    /** Lets a held connect go, on a thread of the scheduler, or on this one when it has returned. */
    void release() {
        Departure connect = held.get();
        if (connect != null && !connect.leaving) {
            connect.leaving = true; // to be told twice wakes no second thread
            HandOff.execute(() -> leave(connect), task -> Timers.execute(scheduler, task, task));
        }
    }

    /** The number of the connect that is held back now, 0 if none is. */
    long holding() {
        return held.get() == null ? 0 : holds;
    }

    /** Forgets a held connect, because its session is over. */
    void drop() {
        session++; // by one thread at a time: CometD ends a client once
        held.set(null);
        alarm.end();
    }

    /** A {@code /meta/connect} that is about to leave, or held back. */
    private final class Departure implements LongConsumer {

        private final Message.Mutable message;
        private final Promise<Boolean> promise;
        private final int of = session;
        private volatile boolean leaving;

        Departure(Message.Mutable message, Promise<Boolean> promise) {
            this.message = message;
            this.promise = promise;
        }

        void depart() {
            source.depart(message.getId(), this);
        }

        /** Leaves with that acknowledgement. */
        @Override
        public void accept(long acknowledged) {
            if (of != session) {
                return; // it ended while this was held
            }
            if (acknowledged >= 0) {
                message.getExt(true).put(ACK_FIELD, acknowledged);
            }
            if (owner.hasMore()) {
                // CometD before 3.1 holds a connect although it has unacknowledged events, unless it is told not to
                message.getAdvice(true).put(Message.TIMEOUT_FIELD, 0);
            }
            try {
                promise.succeed(true);
            } catch (RuntimeException e) { // CometD takes the transport away from a session that ends in this moment
                LOG.debug("The session ended while its connect was leaving", e);
            }
        }
    }
}
