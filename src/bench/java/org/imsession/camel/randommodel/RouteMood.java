package org.imsession.camel.randommodel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a route works on its exchanges: quick, slow, failing, or not at all. Safe for use by several threads. */
final class RouteMood {

    private static final int SLOW_PERCENT = 6;
    private static final int SLOW_MILLIS = 40;

    private final Dice dice;
    private final String route;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean failing;
    private volatile boolean standing;
    private final boolean hasty;

    /**
     * @param hasty whether it is never slow by chance
     */
    RouteMood(Dice dice, int route, boolean hasty) {
        this.dice = dice;
        this.route = "route " + route;
        this.hasty = hasty;
    }

    void block() {
        if (gate.getCount() == 0) {
            gate = new CountDownLatch(1);
        }
    }

    void fail() {
        failing = true;
    }

    void heal() {
        standing = false;
        failing = false;
        gate.countDown();
    }

    /** Whether an exchange stands still in it. */
    boolean isStanding() {
        return standing;
    }

    /**
     * Works on an exchange for as long as the mood is.
     *
     * @param event whether it is one that was sent: on others it never stands still
     */
    void work(boolean event) {
        try {
            if (event) {
                standing = gate.getCount() > 0;
                gate.await();
            }
            if (!hasty && dice.happens(route + " slow", SLOW_PERCENT)) {
                new CountDownLatch(1).await(dice.roll(route + " time", SLOW_MILLIS), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failing && dice.happens(route + " fails", 50)) {
            throw new IllegalStateException("the sink is down");
        }
    }
}
