package org.imsession.camel.threads;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler whose tasks run when a test says so, on the thread of the test; its clock is moved by hand. */
public final class StepByStep extends ScheduledThreadPoolExecutor {

    private final List<Runnable> repeated = new ArrayList<>();
    private final PriorityQueue<Timer> once = new PriorityQueue<>(Comparator.comparingLong(Timer::due));
    private long nanos;

    private record Timer(long due, Runnable task) {
    }

    public StepByStep() {
        super(1);
    }

    public long nanoTime() {
        return nanos;
    }

    /** Runs each repeated task so many times. */
    public void look(int times) {
        for (int i = 0; i < times; i++) {
            repeated.forEach(Runnable::run);
        }
    }

    /** Lets the time pass, and runs what is due in it, in order. */
    public void pass(long millis) {
        long until = nanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!once.isEmpty() && once.peek().due() <= until) {
            Timer next = once.remove();
            nanos = Math.max(nanos, next.due());
            next.task().run();
        }
        nanos = until;
    }

    /** How many timers wait. */
    public int timers() {
        return once.size();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long delay, long period, TimeUnit unit) {
        repeated.add(task);
        return super.schedule(() -> { }, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        once.add(new Timer(nanos + unit.toNanos(delay), task));
        return super.schedule(() -> { }, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
