package org.imsession.camel.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.imsession.camel.threads.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells pages what has changed since it was told last, on a thread of its own: at once, but many changes in one
 * message if they come faster than {@link #PACE_MILLIS}, or than so many milliseconds as there are pages: each message
 * costs a request of each page, and all of them together are not to cost more than 1,000 a second. It keeps nothing
 * itself; if the state has forgotten what is to be told, pages are told that they lack something.
 */
final class Announcer {

    static final long PACE_MILLIS = 25;
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final ScheduledExecutorService thread;
    private final IntSupplier pages;
    private final AtomicBoolean due = new AtomicBoolean();
    private long told;
    private long toldAt = System.nanoTime() - TimeUnit.DAYS.toNanos(1); // the first change waits for nothing
    private boolean failing;

    /** The supplier says how many pages listen. */
    Announcer(ScheduledExecutorService thread, IntSupplier pages) {
        this.thread = thread;
        this.pages = pages;
    }

    /** Something has changed; returns at once. */
    void wake(LiveState state, Consumer<Map<String, Object>> channel) {
        if (due.compareAndSet(false, true)) {
            Timers.execute(thread, () -> announceSoon(state, channel), () -> due.set(false));
        }
    }

    private void announceSoon(LiveState state, Consumer<Map<String, Object>> channel) {
        long pace = Math.max(PACE_MILLIS, pages.getAsInt());
        long wait = pace - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - toldAt);
        if (wait <= 0) {
            announce(state, channel);
        } else {
            Timers.after(thread, wait, () -> announce(state, channel));
        }
    }

    private void announce(LiveState state, Consumer<Map<String, Object>> channel) {
        due.set(false);
        Map<String, Object> news = new LinkedHashMap<>();
        List<Change> changes = state.after(told).orElse(null);
        news.put("epoch", state.epoch());
        if (changes == null) {
            told = state.number();
            news.put("n", told);
            news.put("changes", List.of());
        } else if (changes.isEmpty()) {
            return;
        } else {
            told = changes.get(changes.size() - 1).number();
            news.put("n", told);
            news.put("changes", changes.stream().map(Change::numbered).toList());
        }
        toldAt = System.nanoTime();
        try {
            channel.accept(news);
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("The live page is not told what happens", e);
            }
            failing = true;
        }
    }
}
