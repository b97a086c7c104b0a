package org.imsession.simulator.bayeux;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Lets a thread wait for a condition that changes with sessions and subscriptions. */
public final class Changes {

    private static final long NAP_NANOS = 5_000_000;

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Something has changed. */
    public void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a condition.
     *
     * @param condition the condition; cheap, and looked at after each change
     * @param timeout   how long to wait
     * @return whether it was met in time
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                // not every change is signalled, so look again now and then
                long nap = Math.min(left, NAP_NANOS);
                left -= nap - changed.awaitNanos(nap);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
