package org.imsession.camel.randommodel;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;

/** What one process sees of what outlives it: when it is dead, its writes come to nothing, however late they come. */
final class FencedRepository extends ServiceSupport implements StateRepository<String, String> {

    private final Map<String, String> kept;
    private final Life owner;
    private final Book book;
    private final Dice dice;
    private final int slowMillis;

    /**
     * @param kept what outlives the process; guarded by itself
     */
    FencedRepository(Map<String, String> kept, Life owner, Book book, Dice dice, int slowMillis) {
        this.kept = kept;
        this.owner = owner;
        this.book = book;
        this.dice = dice;
        this.slowMillis = slowMillis;
    }

    @Override
    public void setState(String key, String value) {
        if (slowMillis > 0) {
            pause(dice.roll("store", slowMillis));
        }
        owner.whileAlive(() -> {
            synchronized (kept) {
                kept.put(key, value);
            }
            book.saved();
        });
    }

    private static void pause(int millis) {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String getState(String key) {
        synchronized (kept) {
            return kept.get(key);
        }
    }
}
