package org.imsession.camel.feed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.imsession.camel.bayeux.ReceivedEvent;
import org.imsession.camel.channel.FurtherChannel;
import org.imsession.camel.event.DeliveryGuarantee;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.event.Heard;
import org.imsession.camel.event.NotificationObserver;
import org.imsession.camel.event.Origin;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.UnknownMessage;
import org.imsession.camel.threads.HandOff;
import org.imsession.camel.threads.SerialExecutor;

/**
 * The way in: decodes what the wire brought, once for all subscribers, and puts it with gaps and snapshots into the one
 * order in which every subscriber sees it. All work is done on one serial executor over the workers.
 */
final class Intake {

    /** So many are decoded before they are handed over: each would wake a thread that has just gone to sleep. */
    private static final int GROUP = 16;

    private final FeedSettings settings;
    private final FeedRuntime runtime;
    private final Function<byte[], IMSessionNotification> json;
    private final Hearing hearing;
    private final FeedCounters counters;
    private final Audience audience;
    private final Backlog backlog;
    private final GapTracker gaps;
    private final SerialExecutor serial;
    /** What has no position in a session is unique by it: the same session may go on in another process. */
    private final String run = Long.toHexString(ThreadLocalRandom.current().nextLong());

    // touched on the serial executor only, but for what is volatile
    private final Deque<SessionQueue> sessions = new ArrayDeque<>(1);
    private volatile DeliveryGuarantee guarantee = DeliveryGuarantee.NONE;
    private volatile long epoch;
    private volatile FurtherChannel further = FurtherChannel.NONE;
    private long made;

    /**
     * @param observer hears everything first
     * @param backlog  counts what has not ended
     * @param audience where everything goes
     */
    Intake(FeedSettings settings, FeedRuntime runtime, Function<byte[], IMSessionNotification> json,
           NotificationObserver observer, FeedCounters counters, Backlog backlog, Audience audience) {
        this.settings = settings;
        this.runtime = runtime;
        this.json = json;
        this.hearing = new Hearing(settings, observer);
        this.counters = counters;
        this.audience = audience;
        this.backlog = backlog;
        this.gaps = audience.gaps();
        this.serial = new SerialExecutor(runtime.workers());
        this.sessions.add(new SessionQueue("none", guarantee));
    }

    DeliveryGuarantee guarantee() {
        return guarantee;
    }

    /** Whose events are told there and nowhere else; before the feed is started. */
    void carry(FurtherChannel channel) {
        further = channel;
    }

    /** The number of the current subscription. */
    long epoch() {
        return epoch;
    }

    /** A new Bayeux session: its events wait until the subscription is confirmed and the gap before it is told. */
    void opened(String name, boolean acknowledging) {
        DeliveryGuarantee now = acknowledging ? DeliveryGuarantee.AT_LEAST_ONCE : DeliveryGuarantee.AT_MOST_ONCE;
        guarantee = now;
        gaps.opened();
        serial.execute(() -> {
            hearing.opened(name);
            sessions.removeIf(SessionQueue::isEmpty);
            sessions.addLast(new SessionQueue(name, now));
        });
    }

    /** Events may have been lost: what comes next waits until the gap before it is told. */
    void interrupted() {
        serial.execute(() -> sessions.getLast().hold());
    }

    /**
     * What follows belongs to a new subscription; what came early goes on, that of earlier sessions first.
     *
     * @param loss what is told before that, unless it lies among what came early
     */
    void nextSubscription(Optional<FeedGap> loss) {
        long next = epoch + 1;
        epoch = next;
        serial.execute(() -> {
            Optional<FeedGap> dropped = loss.filter(gap -> gap.reason() == FeedGap.Reason.BUFFER_OVERFLOW);
            dropped.ifPresent(this::inItsPlace);
            sessions.forEach(each -> each.letGapsGo(subscriptionOf(each, next)));
            loss.filter(gap -> dropped.isEmpty()).ifPresent(this::tell);
            whoWasAwayIsTold();
            sessions.forEach(each -> each.open(subscriptionOf(each, next)));
        });
    }

    private long subscriptionOf(SessionQueue queue, long next) {
        return queue == sessions.getLast() ? next : next - 1;
    }

    private void inItsPlace(FeedGap dropped) {
        sessions.getLast().take(dropped, this::tell);
    }

    /** Forgets what has not ended: the feed stops, and the server, if it keeps events, will send them again. */
    void forget() {
        backlog.forget();
        serial.execute(() -> sessions.forEach(SessionQueue::close));
    }

    /** Somebody who was expected hears what is decoded from now on. */
    void join(Delivery delivery) {
        serial.execute(() -> audience.join(delivery));
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
        gaps.liable();
        if (events.stream().anyMatch(ReceivedEvent::skipped)) {
            gaps.skipped();
        }
        Instant now = runtime.clock().instant();
        PendingEvents pending = backlog.pending();
        pending.add(events);
        counters.received(events.size(), now);
        serial.execute(() -> {
            SessionQueue queue = sessions.getLast();
            Arrival arrival = new Arrival(queue, since, now, pending);
            if (!queue.take(() -> decode(events, arrival))) {
                events.forEach(pending::end);
            }
        });
    }

    /**
     * How events arrived.
     *
     * @param queue      their session
     * @param since      none of them was sent before that moment
     * @param receivedAt when they were received
     * @param pending    counts those that have not ended
     */
    private record Arrival(SessionQueue queue, Instant since, Instant receivedAt, PendingEvents pending) {
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
            if (!event.channel().isEmpty() && event.channel().equals(further.name())) {
                further.heard(event.json());
                arrival.queue().filter(event.position());
                pending(event, arrival, 1).ended();
            } else if (isForeign(event.channel())) {
                counters.foreignEvent();
                arrival.queue().filter(event.position());
                pending(event, arrival, 1).ended();
            } else if (event.skipped()) {
                FeedGap skipped = new FeedGap(settings.agent(), arrival.since(), arrival.receivedAt(),
                        FeedGap.Reason.OVERSIZE_SKIPPED, FeedGap.Certainty.CERTAIN,
                        "a message of " + event.size() + " bytes was skipped; to receive it, raise"
                        + " maxMessageSize, or the heap if it is larger than this");
                counted(skipped);
                offer(skipped, Origin.GAP, event, arrival);
            } else {
                offer(read(event), event.again() ? Origin.REDELIVERED : Origin.LIVE, event, arrival);
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
        return !channel.isEmpty() && !channel.equals(settings.topic()) && !settings.topic().endsWith("*");
    }

    private String sequence(ReceivedEvent event, SessionQueue queue) {
        return event.position() >= 0 ? queue.session() + "-" + event.position()
                : queue.session() + "-d" + run + "-" + -event.position();
    }

    private PendingEvent pending(ReceivedEvent event, Arrival arrival, int subscribers) {
        return new PendingEvent(event, arrival.pending(), this, subscribers);
    }

    private void counted(FeedGap gap) {
        counters.gap();
        FeedLog.gap(settings, gap);
    }

    /** Tells everybody of a gap, and each who has come back of what it missed meanwhile. */
    private void tell(FeedGap loss) {
        counted(loss);
        audience.hearing().forEach(each -> {
            Instant since = each.missing();
            tell(each, since.isBefore(loss.from()) ? loss.from(since) : loss);
        });
        gaps.handedOver(loss);
    }

    /** Tells each who has come back of what it missed meanwhile. */
    void tellWhoWasAway() {
        serial.execute(this::whoWasAwayIsTold);
    }

    private void whoWasAwayIsTold() {
        audience.present().forEach(each -> {
            Instant since = each.missing();
            if (since.isBefore(Instant.MAX)) {
                FeedGap missed = new FeedGap(settings.agent(), since, runtime.clock().instant(),
                        FeedGap.Reason.ROUTE_STOPPED, FeedGap.Certainty.POSSIBLE, each.name() + " was stopped meanwhile");
                counted(missed);
                tell(each, missed);
            }
        });
    }

    private void tell(Delivery delivery, FeedGap gap) {
        SessionQueue queue = sessions.getLast();
        delivery.tell(new FeedEvent(settings.agent(), gap, queue.session() + "-g" + run + "-" + ++made, Origin.GAP,
                queue.guarantee(), gap.to(), FeedEvent.Tracked.NOTHING, Heard.UNKNOWN));
        delivery.wake();
    }

    /**
     * Events were dropped because too many waited: told when there is room again, as one gap, however long that takes.
     *
     * @param since none of them was sent before that moment
     */
    void dropped(int events, Instant since) {
        gaps.dropped(events, since);
        tellOfDroppedIfThereIsRoom();
    }

    /** Not at once when one finds room: a slow route would be told after each of its events. */
    void tellOfDroppedIfThereIsRoom() {
        if (!backlog.isHalfFull()) {
            tellOfDropped();
        }
    }

    private void tellOfDropped() {
        audience.gapBeforeRoom().ifPresent(dropped -> serial.execute(() -> inItsPlace(dropped)));
    }

    /** Lets every subscriber compare what it was told with what the server lists. */
    void snapshot(List<IMSession> listed, long subscription) {
        Instant now = runtime.clock().instant();
        serial.execute(() -> {
            String sequence = sessions.getLast().session() + "-s" + run + "-" + ++made;
            audience.present().forEach(delivery ->
                    delivery.offer(new Item.Snapshot(listed, sequence, guarantee, now, subscription)));
        });
    }

    private void offer(IMSessionNotification notification, Origin origin, ReceivedEvent event, Arrival arrival) {
        Heard heard = origin == Origin.GAP ? Heard.UNKNOWN
                : hearing.heard(notification, event, arrival.queue().session());
        List<Delivery> to = audience.hearing();
        if (to.isEmpty() && !audience.isAwaited()) {
            pending(event, arrival, 1).ended(); // the feed runs for who only listens to what operations cause
            return;
        }
        // with subscribers that have left, it does not end: the next one is to get it
        PendingEvent pending = pending(event, arrival, to.size());
        SessionQueue queue = arrival.queue();
        Item.Event item = new Item.Event(new FeedEvent(settings.agent(), notification, sequence(event, queue),
                queue.number(event.position()), origin, queue.guarantee(), arrival.receivedAt(), FeedEvent.Tracked.NOTHING, heard),
                origin == Origin.GAP ? -1 : queue.epoch(), pending, 1);
        for (Delivery delivery : to) {
            FeedGap untold = notification instanceof FeedGap gap ? delivery.cut(gap) : null;
            if (notification instanceof FeedGap && untold == null) {
                pending.ended(); // the window that tells of it is told already, or waits
            } else {
                delivery.add(untold == null ? item : item.with(untold));
            }
        }
    }

    /**
     * Lets the subscribers begin with what was offered.
     *
     * @param last whether nothing follows at once, so that this thread may deliver it itself, when the next task could
     *             run elsewhere
     */
    private void handOver(boolean last) {
        List<Delivery> to = audience.present();
        if (last && to.size() == 1) {
            HandOff.collect(() -> to.get(0).wake());
        } else {
            to.forEach(Delivery::wake);
        }
    }
}
