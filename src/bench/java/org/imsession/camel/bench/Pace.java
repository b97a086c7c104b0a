package org.imsession.camel.bench;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The pace of logins, the same for all: so many a second, and at most so many under way. Safe for several threads. */
final class Pace {

    /** Property {@code bench.pace}. */
    static final int PER_SECOND = Integer.getInteger("bench.pace", 200);
    private static final int CONCURRENT = 50;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();

    Pace(ScheduledExecutorService scheduler) {
        scheduler.scheduleAtFixedRate(this::admit, 0, TimeUnit.SECONDS.toNanos(1) / PER_SECOND, TimeUnit.NANOSECONDS);
    }

    /** Begins something in its turn; it is under way until it says that it is {@link #done}. */
    void turn(Runnable begin) {
        waiting.add(begin);
    }

    void done() {
        underWay.decrementAndGet();
    }

    private void admit() {
        if (underWay.get() < CONCURRENT) {
            Runnable next = waiting.poll();
            if (next != null) {
                underWay.incrementAndGet();
                next.run();
            }
        }
    }
}
