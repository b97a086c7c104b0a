package org.imsession.camel.feed;

import java.util.concurrent.atomic.AtomicReference;
import org.imsession.camel.text.ShownFailure;
import org.imsession.camel.threads.HandOff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One delivery of one event, which may end before the call to the subscriber returns, or after. */
final class DeliveryAttempt implements FeedSubscriber.Done {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryAttempt.class);

    private final Item.Event item;
    private final Delivery delivery;
    private final Thread thread = Thread.currentThread();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CALLING);

    private enum Phase { CALLING, RETURNED, ENDED, FAILED, ABANDONED }

    DeliveryAttempt(Item.Event item, Delivery delivery) {
        this.item = item;
        this.delivery = delivery;
    }

    /** Whether the event has ended and this thread can go on with the next. */
    boolean take(FeedSubscriber subscriber) {
        try {
            subscriber.deliver(item.event(), this);
        } catch (RuntimeException | Error e) { // whatever it is, the events behind this one must not wait for ever
            LOG.error("IMS-901 A subscriber failed on {} of agent {}; please report this", item.event().sequence(),
                    item.event().agent(), ShownFailure.of(e));
            ended();
        }
        // if it is still being worked on, its end goes on with the next event, on its own thread
        return !phase.compareAndSet(Phase.CALLING, Phase.RETURNED) && phase.get() == Phase.ENDED;
    }

    @Override
    public void ended() {
        Phase before = finish(Phase.ENDED);
        if (before == Phase.CALLING && Thread.currentThread() == thread) {
            HandOff.collect(item.end()::ended); // the call is about to return to the delivery
        } else if (before != null) {
            item.end().ended();
            if (before == Phase.RETURNED) {
                delivery.work();
            }
        }
    }

    @Override
    public void failed() {
        if (finish(Phase.FAILED) != null) {
            delivery.failed(item);
        }
    }

    @Override
    public void abandoned() {
        if (finish(Phase.ABANDONED) != null) {
            delivery.close();
            delivery.drop(item.end());
        }
    }

    /** The phase before, {@code null} if the event had an end already. */
    private Phase finish(Phase end) {
        Phase before = phase.getAndUpdate(now -> now == Phase.CALLING || now == Phase.RETURNED ? end : now);
        return before == Phase.CALLING || before == Phase.RETURNED ? before : null;
    }
}
