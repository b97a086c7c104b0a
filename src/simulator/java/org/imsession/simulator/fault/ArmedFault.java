package org.imsession.simulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.imsession.simulator.record.Step;

/** A rule in force, and what it has done so far. May be used from any thread. */
public final class ArmedFault {

    private final FaultRule rule;
    private final List<Runnable> parked = new ArrayList<>();
    private final boolean parks;
    private int seen;
    private int taken;
    private int hits;
    private boolean cleared;

    ArmedFault(FaultRule rule) {
        this.rule = rule;
        this.parks = rule.fault() instanceof Fault.Hang || rule.fault() instanceof Fault.Withhold;
    }

    /**
     * The rule.
     *
     * @return the rule
     */
    public FaultRule rule() {
        return rule;
    }

    /** Whether the rule hits this request; counts it. */
    synchronized boolean hits(List<Step> steps, String agent) {
        boolean meant = (rule.step() == Step.ANY || steps.contains(rule.step()))
                && (rule.agent().isEmpty() || rule.agent().equals(agent));
        if (!meant || cleared || taken >= rule.times() || seen++ < rule.skip()
                || (seen - rule.skip() - 1) % rule.each() != 0) {
            return false;
        }
        taken++;
        if (!parks) {
            // one that is parked counts when it is, so that whoever waited for it can release it
            hit();
        }
        return true;
    }

    private void hit() {
        hits++;
        notifyAll();
    }

    /**
     * How many requests were hit.
     *
     * @return their number
     */
    public synchronized int hits() {
        return hits;
    }

    /**
     * Waits until a number of requests was hit.
     *
     * @param number  the number
     * @param timeout how long to wait
     * @return whether so many were hit in time
     * @throws InterruptedException when the thread is interrupted
     */
    public synchronized boolean awaitHits(int number, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (hits < number) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        return true;
    }

    /**
     * Keeps the rest of a request until the fault is released.
     *
     * @param rest what is left to do; it runs at once when the fault has been cleared
     */
    public void park(Runnable rest) {
        synchronized (this) {
            hit();
            if (!cleared) {
                parked.add(rest);
                return;
            }
        }
        rest.run();
    }

    /** Lets go on the requests that hang by this fault. */
    public void release() {
        List<Runnable> waiting;
        synchronized (this) {
            waiting = List.copyOf(parked);
            parked.clear();
        }
        waiting.forEach(Runnable::run);
    }

    /** Ends the rule and lets go on what hangs by it. */
    public void clear() {
        synchronized (this) {
            cleared = true;
        }
        release();
    }

    /** Ends the rule and forgets what hangs by it: the server stops. */
    synchronized void abandon() {
        parked.clear();
    }
}
