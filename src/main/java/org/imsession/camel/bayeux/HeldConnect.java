package org.imsession.camel.bayeux;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.client.ClientSession;
import org.imsession.camel.threads.HandOff;
import org.imsession.camel.threads.Timers;

/**
 * Holds a {@code /meta/connect} back while events are at work, without a thread, and puts into it what may be
 * acknowledged at the moment it leaves. It leaves after the keep-alive in any case, so that the server's session lives
 * on however slow the route is. CometD lets an extension keep the promise of an outgoing message for as long as it
 * likes; nothing times out meanwhile, since the network timer starts with the request.
 */
final class HeldConnect implements ClientSession.Extension {

    private static final String ACK_FIELD = "ack";

    private final ScheduledExecutorService scheduler;
    private final BooleanSupplier acknowledge;
    private final BooleanSupplier busy;
    private final BooleanSupplier more;
    private final AckSource source;
    private final LongSupplier keepAliveMillis;
    private final AtomicReference<Held> held = new AtomicReference<>();
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

    /**
     * @param acknowledge     whether to ask for acknowledgement at the handshake
     * @param busy            whether to hold a connect that is about to leave
     * @param more            whether the server has events that it should send again at once
     * @param source       says what a connect that is about to leave acknowledges
     * @param keepAliveMillis how long to hold at most
     */
    HeldConnect(ScheduledExecutorService scheduler, BooleanSupplier acknowledge, BooleanSupplier busy,
                BooleanSupplier more, AckSource source, LongSupplier keepAliveMillis) {
        this.scheduler = scheduler;
        this.acknowledge = acknowledge;
        this.busy = busy;
        this.more = more;
        this.source = source;
        this.keepAliveMillis = keepAliveMillis;
    }

    @Override
    public void outgoing(ClientSession client, Message.Mutable message, Promise<Boolean> promise) {
        if (Channel.META_HANDSHAKE.equals(message.getChannel()) && acknowledge.getAsBoolean()) {
            message.getExt(true).put(ACK_FIELD, true);
        }
        if (!Channel.META_CONNECT.equals(message.getChannel())) {
            promise.succeed(true);
            return;
        }
        int mine = session;
        Runnable send = () -> source.depart(message.getId(), acknowledged -> {
            if (mine != session) {
                return; // it ended while this was held
            }
            if (acknowledged >= 0) {
                message.getExt(true).put(ACK_FIELD, acknowledged);
            }
            if (more.getAsBoolean()) {
                // CometD before 3.1 holds a connect although it has unacknowledged events, unless it is told not to
                message.getAdvice(true).put(Message.TIMEOUT_FIELD, 0);
            }
            promise.succeed(true);
        });
        if (busy.getAsBoolean()) {
            hold(send);
        } else {
            send.run();
        }
    }

    private void hold(Runnable send) {
        Held now = new Held(send);
        holds++; // by one thread at a time: CometD sends the next connect after the answer to the last
        held.set(now);
        now.timer = Timers.after(scheduler, keepAliveMillis.getAsLong(), () -> leave(now), () -> leave(now));
        if (!busy.getAsBoolean()) {
            leave(now); // the last one ended between the question and the hold
        }
    }

    private void leave(Held connect) {
        if (held.compareAndSet(connect, null)) {
            if (connect.timer != null) {
                connect.timer.cancel(false);
            }
            connect.send.run();
        }
    }

    /** Lets a held connect go, on a thread of the scheduler, or on this one when it has returned. */
    void release() {
        Held connect = held.get();
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
        Held connect = held.getAndSet(null);
        if (connect != null && connect.timer != null) {
            connect.timer.cancel(false);
        }
    }

    private static final class Held {

        private final Runnable send;
        private volatile Future<?> timer;
        private volatile boolean leaving;

        Held(Runnable send) {
            this.send = send;
        }
    }
}
