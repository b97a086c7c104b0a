package org.imsession.camel.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells pages what has changed since it was told last, on a thread of its own: at once, but many changes in one
 * message if they come faster than {@link #PACE_MILLIS}. It keeps nothing itself; if the state has forgotten what is to
 * be told, pages are told that they lack something.
 */
final class Announcer {

    static final long PACE_MILLIS = 25;
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final ScheduledExecutorService thread;
    private final AtomicBoolean due = new AtomicBoolean();
    private long told;
    private long toldAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PACE_MILLIS);
    private boolean failing;

    Announcer(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /** Something has changed; returns at once. */
    void wake(LiveState state, Consumer<Map<String, Object>> channel) {
        if (due.compareAndSet(false, true)) {
            try {
                thread.execute(() -> announceSoon(state, channel));
            } catch (RejectedExecutionException e) {
                due.set(false); // the page is being stopped
            }
        }
    }

    private void announceSoon(LiveState state, Consumer<Map<String, Object>> channel) {
        long wait = PACE_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - toldAt);
        if (wait <= 0) {
            announce(state, channel);
        } else {
            thread.schedule(() -> announce(state, channel), wait, TimeUnit.MILLISECONDS);
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
