package org.imsession.camel.gws;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the heap the answers of all agents together may need, from their first byte until what came with them has
 * ended. The heap is one for all agents of a JVM, so a limit for each of them does not keep it: a hundred answers at once
 * that unpack to what one may need are its end. Safe for use by several threads.
 */
public final class AnswerMemory {

    /** The rest of the heap is for the routes, the transient copies of what is decoded, and the collector. */
    public static final AnswerMemory OF_THIS_JVM = new AnswerMemory(Runtime.getRuntime().maxMemory() / 4);

    /** So much an agent gets whatever the others need, so that an agent with ordinary messages goes on. */
    static final long RESERVE = 64 * 1024;
    private static final Cleaner CLEANER = Cleaner.create();

    private final long total;
    private final AtomicLong used = new AtomicLong();

    /** @param total in bytes */
    public AnswerMemory(long total) {
        this.total = total;
    }

    /** What is in use by all, in bytes. */
    public long used() {
        return used.get();
    }

    /**
     * A part for one agent. What it holds when nobody has it any more is free again.
     *
     * @param most how much it may hold, in bytes; it never gets more than half of all there is, so that one agent does
     *             not leave the others with their reserve
     */
    public Share share(long most) {
        Holding holding = new Holding(used);
        Share share = new Share(holding, Math.max(RESERVE, Math.min(most, total / 2)));
        CLEANER.register(share, holding);
        return share;
    }

    private boolean tryUse(long bytes) {
        for (long now = used.get(); now + bytes <= total; now = used.get()) {
            if (used.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
        return false;
    }

    /** Apart from its share, which must not be reachable from what cleans up behind it. */
    private static final class Holding implements Runnable {

        private final AtomicLong used;
        private long bytes;

        Holding(AtomicLong used) {
            this.used = used;
        }

        synchronized void give(long less) {
            long given = Math.min(bytes, less);
            bytes -= given;
            used.addAndGet(-given);
        }

        /** All of it, when the share is gone. */
        @Override
        public synchronized void run() {
            give(bytes);
        }
    }

    /** What one agent may take. */
    public final class Share {

        private final Holding holding;
        private final long most;

        private Share(Holding holding, long most) {
            this.holding = holding;
            this.most = most;
        }

        /** How much it may hold, in bytes. */
        public long most() {
            return most;
        }

        /** How much it holds, in bytes. */
        public long held() {
            synchronized (holding) {
                return holding.bytes;
            }
        }

        /** Takes so many bytes, if there are. */
        public boolean take(long bytes) {
            return take(bytes, most);
        }

        /** Takes so many bytes if there are, and if this share then holds that many at most. */
        public boolean take(long bytes, long limit) {
            synchronized (holding) {
                long held = holding.bytes + bytes;
                if (held > Math.max(RESERVE, Math.min(limit, most))) {
                    return false;
                }
                if (!tryUse(bytes)) {
                    if (held > RESERVE) {
                        return false;
                    }
                    used.addAndGet(bytes);
                }
                holding.bytes = held;
                return true;
            }
        }

        /** Takes over what somebody else gives back at once, so that it is never refused. */
        public void add(long bytes) {
            synchronized (holding) {
                holding.bytes += bytes;
                used.addAndGet(bytes);
            }
        }

        /** Gives so many bytes back. */
        public void give(long bytes) {
            holding.give(bytes);
        }
    }
}
