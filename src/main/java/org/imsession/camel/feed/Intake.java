package org.imsession.camel.feed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.imsession.camel.bayeux.ReceivedEvent;
import org.imsession.camel.bayeux.Trailing;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.MessageDirection;
import org.imsession.camel.model.UnknownMessage;

/**
 * The way in: decodes what the wire brought, once for all subscribers, and puts it with gaps and snapshots into the one
 * order in which every subscriber sees it. All work is done on one serial executor over the workers.
 */
final class Intake {

    /**
     * So many events are decoded before they are handed over together. An event takes less time to deliver than to
     * decode, so one by one each would wake a thread that has just gone to sleep.
     */
    private static final int GROUP = 16;

    private final FeedSettings settings;
    private final FeedThreads threads;
    private final Function<byte[], IMSessionNotification> json;
    private final FeedWitness witness;
    private final FeedCounters counters;
    private final List<Delivery> deliveries;
    private final Runnable release;
    private final UntoldGaps untold;
    private final Overflow overflow;
    private final SerialExecutor serial;

    // touched on the serial executor only, but for what is volatile
    private final List<Runnable> early = new ArrayList<>();
    private final List<Runnable> stale = new ArrayList<>();
    private boolean subscribed;
    private boolean deaf;
    private long decoded;
    private String session = "none";
    private volatile DeliveryGuarantee guarantee = DeliveryGuarantee.NONE;
    private volatile long epoch;
    private volatile boolean awaited;
    private volatile boolean comesAgain;
    private long made;

    /**
     * @param witness    hears everything first
     * @param deliveries where everything goes; may change at any time
     * @param release    called whenever an event has ended
     * @param untold     hears when a gap has been told
     */
    Intake(FeedSettings settings, FeedThreads threads, Function<byte[], IMSessionNotification> json,
           FeedWitness witness, FeedCounters counters, List<Delivery> deliveries, Runnable release,
           UntoldGaps untold) {
        this.settings = settings;
        this.threads = threads;
        this.json = json;
        this.witness = witness;
        this.counters = counters;
        this.deliveries = deliveries;
        this.release = release;
        this.untold = untold;
        this.overflow = new Overflow(settings, threads.clock(), untold);
        this.serial = new SerialExecutor(threads.workers());
    }

    DeliveryGuarantee guarantee() {
        return guarantee;
    }

    /** The number of the current subscription. */
    long epoch() {
        return epoch;
    }

    /** A new Bayeux session: its events wait until the subscription is confirmed and the gap before it is told. */
    void opened(String name, boolean acknowledging) {
        DeliveryGuarantee now = acknowledging ? DeliveryGuarantee.AT_LEAST_ONCE : DeliveryGuarantee.AT_MOST_ONCE;
        guarantee = now;
        serial.execute(() -> {
            session = name;
            stale.addAll(early); // of a session that was never subscribed
            early.clear();
            subscribed = false;
            comesAgain = false;
        });
    }

    /** Events may have been lost: what comes next waits until the gap before it is told. */
    void interrupted() {
        serial.execute(() -> subscribed = false);
    }

    /** What follows belongs to a new subscription; what came early goes on. */
    void nextSubscription() {
        long next = epoch + 1;
        epoch = next;
        serial.execute(() -> {
            // what was received before is still decoded as of the subscription before
            stale.forEach(Runnable::run);
            stale.clear();
            decoded = next;
            subscribed = true;
            early.forEach(Runnable::run);
            early.clear();
        });
    }

    /** From now on events are meant for subscribers, also while there is none. */
    void await(boolean subscribers) {
        awaited = subscribers;
    }

    /** What has come of this session and is still to come is for nobody: the next one brings it from the first on. */
    void leaveToTheServer() {
        comesAgain = true;
    }

    /** Forgets what has not ended: the feed stops, and the server, if it keeps events, will send them again. */
    void forget() {
        counters.forgetPending();
        overflow.forget();
        serial.execute(() -> {
            early.clear();
            stale.clear();
        });
    }

    /**
     * Takes events in; called by the wire.
     *
     * @param since none of them was sent before that moment
     */
    void received(List<ReceivedEvent> events, Instant since) {
        if (events.isEmpty()) {
            return;
        }
        tellOfDropped(); // before what comes behind it
        Instant now = threads.clock().instant();
        PendingEvents pending = counters.pending();
        pending.add(events);
        counters.received.addAndGet(events.size());
        counters.lastEvent = now;
        serial.execute(() -> {
            Arrival arrival = new Arrival(session, since, now, pending);
            if (subscribed) {
                decode(events, arrival);
            } else {
                early.add(() -> decode(events, arrival));
            }
        });
    }

    /**
     * How events arrived.
     *
     * @param session    the name of their session
     * @param since      none of them was sent before that moment
     * @param receivedAt when they were received
     * @param pending    counts those that have not ended
     */
    private record Arrival(String session, Instant since, Instant receivedAt, PendingEvents pending) {
    }

    private void decode(List<ReceivedEvent> events, Arrival arrival) {
        for (int begin = 0; begin < events.size(); begin += GROUP) {
            int end = Math.min(begin + GROUP, events.size());
            try {
                decoded(events.subList(begin, end), arrival);
            } finally {
                handOver(end == events.size());
            }
        }
    }

    private void decoded(List<ReceivedEvent> events, Arrival arrival) {
        for (ReceivedEvent event : events) {
            if (isForeign(event.channel())) {
                counters.foreign.incrementAndGet();
                ended(event, arrival.pending());
            } else if (event.skipped()) {
                FeedGap skipped = new FeedGap(settings.agent(), arrival.since(), arrival.receivedAt(),
                        FeedGap.Reason.OVERSIZE_SKIPPED, FeedGap.Certainty.CERTAIN,
                        "a message of " + event.size() + " bytes was skipped; to receive it, raise"
                        + " maxMessageSize, or the heap if it is larger than this");
                counted(skipped);
                offer(skipped, arrival.session() + position(event), Origin.GAP, arrival.receivedAt(),
                        () -> ended(event, arrival.pending()), true);
            } else {
                offer(read(event), arrival.session() + position(event),
                        event.again() ? Origin.REDELIVERED : Origin.LIVE, arrival.receivedAt(),
                        () -> ended(event, arrival.pending()), true);
            }
        }
    }

    /** Whatever fails, an event that did not end would hold up the acknowledgement of all behind it for ever. */
    private IMSessionNotification read(ReceivedEvent event) {
        try {
            return json.apply(event.json());
        } catch (RuntimeException | Error e) {
            FeedLog.undecoded(settings, e);
            return new UnknownMessage("", "", "it could not be decoded: " + e.getClass().getName(), Map.of(),
                    new String(event.json(), StandardCharsets.UTF_8));
        }
    }

    /** Whether a message is none of the topic's; one without a legible channel is, for nothing may be dropped. */
    private boolean isForeign(String channel) {
        String topic = settings.bayeux().topic();
        return !channel.isEmpty() && !channel.equals(topic) && !topic.endsWith("*");
    }

    private static String position(ReceivedEvent event) {
        return event.position() >= 0 ? "-" + event.position() : "-d" + -event.position();
    }

    private void ended(ReceivedEvent event, PendingEvents pending) {
        pending.end(event);
        tellOfDroppedIfThereIsRoom();
        event.ended();
        release.run();
    }

    /** Tells every subscriber of a gap, which must be among the untold ones. */
    void gap(FeedGap gap) {
        serial.execute(() -> {
            counted(gap);
            offer(gap, session + "-g" + ++made, Origin.GAP, gap.to(), () -> untold.told(gap), false);
            handOver(false);
        });
    }

    private void counted(FeedGap gap) {
        counters.gaps.incrementAndGet();
        FeedLog.gap(settings, gap);
    }

    /**
     * Events were dropped because too many waited: told when there is room again, as one gap, however long that takes.
     *
     * @param since none of them was sent before that moment
     */
    void dropped(int events, Instant since) {
        overflow.dropped(events, since);
        tellOfDroppedIfThereIsRoom();
    }

    /** Not at once when one finds room: a slow route would be told after each of its events. */
    private void tellOfDroppedIfThereIsRoom() {
        if (overflow.isOpen() && counters.pending().get() <= settings.bayeux().maxPending() / 2) {
            tellOfDropped();
        }
    }

    private void tellOfDropped() {
        overflow.end().ifPresent(this::gap);
    }

    /** Lets every subscriber compare what it was told with what the server lists. */
    void snapshot(List<IMSession> sessions, long subscription) {
        Instant now = threads.clock().instant();
        serial.execute(() -> {
            String sequence = session + "-s" + ++made;
            deliveries.forEach(delivery ->
                    delivery.offer(new Item.Snapshot(sessions, sequence, guarantee, now, subscription)));
        });
    }

    /** Whatever it is that fails, the rest of the answer must not wait for a restart; said once. */
    private MessageDirection heard(IMSessionNotification notification, boolean again) {
        try {
            return witness.heard(notification, again);
        } catch (RuntimeException e) {
            if (!deaf) {
                deaf = true;
                FeedLog.deaf(settings, e);
            }
            return MessageDirection.UNKNOWN;
        }
    }

    private void offer(IMSessionNotification notification, String sequence, Origin origin, Instant receivedAt,
                       Runnable ended, boolean received) {
        MessageDirection direction = origin == Origin.GAP ? MessageDirection.UNKNOWN
                : heard(notification, origin == Origin.REDELIVERED);
        List<Delivery> all = List.copyOf(deliveries); // read first: who has joined has said before what comes again
        List<Delivery> to = received && comesAgain ? List.of() : all;
        if (to.isEmpty() && !awaited) {
            ended.run(); // the feed runs for somebody who only listens to what operations cause
            return;
        }
        // with subscribers that have left, it does not end: the next one is to get it
        AtomicInteger remaining = new AtomicInteger(to.size());
        Runnable one = () -> {
            if (remaining.decrementAndGet() == 0) {
                ended.run();
            }
        };
        Item item = new Item.Notification(notification, sequence, origin, guarantee, receivedAt,
                origin == Origin.GAP ? -1 : decoded, direction, one);
        to.forEach(delivery -> delivery.add(item));
    }

    /**
     * Lets the subscribers begin with what was offered.
     *
     * @param last whether nothing follows at once, so that this thread may deliver it itself, when the next task could
     *             run elsewhere
     */
    private void handOver(boolean last) {
        List<Delivery> to = List.copyOf(deliveries);
        if (last && to.size() == 1) {
            Trailing.collect(() -> to.get(0).wake());
        } else {
            to.forEach(Delivery::wake);
        }
    }
}
