package org.imsession.camel.gws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Pool;

/**
 * Connections of which nearly all are in use, as long polls hold them: Jetty's own pool looks through all of them for
 * one that is idle, this one keeps the idle ones apart. The one that was used last is used next, so that those which
 * are too many grow old and are closed. A connection serves one request at a time. Any thread; nothing is called under
 * the lock, which is held for a few writes, and longer only to look at all, or to remove one that is idle. A place that
 * is reserved counts until it is enabled or removed, as Jetty does when a connection could be opened or could not.
 *
 * @param <P> what is pooled
 */
final class LatestFirstPool<P> implements Pool<P> {

    private enum State { RESERVED, IDLE, IN_USE, REMOVED }

    private static final int FEW = 16;

    private final int maxSize;
    private final List<Place> all = new ArrayList<>();
    /** The last is the one that was used last. It grows with the other, so that what is given back finds room. */
    private final ArrayList<Place> idle = new ArrayList<>(FEW);
    private int reserved;
    private boolean terminated;

    /** @param maxSize the most that it holds, in use or not */
    LatestFirstPool(int maxSize) {
        this.maxSize = maxSize;
    }

    @Override
    public synchronized Entry<P> reserve() {
        if (terminated || all.size() >= maxSize) {
            return null;
        }
        idle.ensureCapacity(all.size() + 1);
        Place place = new Place(all.size());
        all.add(place);
        reserved++;
        return place;
    }

    @Override
    public synchronized Entry<P> acquire() {
        if (idle.isEmpty()) {
            return null;
        }
        Place place = idle.remove(idle.size() - 1);
        place.state = State.IN_USE;
        return place;
    }

    @Override
    public synchronized boolean isTerminated() {
        return terminated;
    }

    /** Those that are in use are in what it returns, too; none is idle any more. */
    @Override
    public synchronized Collection<Entry<P>> terminate() {
        terminated = true;
        Collection<Entry<P>> copy = List.copyOf(all);
        all.clear();
        idle.clear();
        reserved = 0;
        return copy;
    }

    @Override
    public synchronized int size() {
        return all.size();
    }

    @Override
    public int getMaxSize() {
        return maxSize;
    }

    @Override
    public synchronized int getReservedCount() {
        return reserved;
    }

    @Override
    public synchronized int getIdleCount() {
        return idle.size();
    }

    @Override
    public synchronized int getInUseCount() {
        return all.size() - idle.size() - reserved;
    }

    /** None: who is removed is not counted. */
    @Override
    public int getTerminatedCount() {
        return 0;
    }

    /** @return as they were at the call */
    @Override
    public synchronized Stream<Entry<P>> stream() {
        return List.<Entry<P>>copyOf(all).stream();
    }

    /** Of one connection. Its state is guarded by the pool. */
    private final class Place implements Entry<P> {

        private P pooled;
        private State state = State.RESERVED;
        private int index;

        Place(int index) {
            this.index = index;
        }

        @Override
        public boolean enable(P object, boolean acquire) {
            Objects.requireNonNull(object);
            synchronized (LatestFirstPool.this) {
                if (isTerminated()) {
                    return false;
                }
                if (state != State.RESERVED) {
                    throw new IllegalStateException("Entry already enabled " + this);
                }
                pooled = object;
                state = State.IN_USE;
                reserved--;
                return acquire || release();
            }
        }

        @Override
        public P getPooled() {
            synchronized (LatestFirstPool.this) {
                return pooled;
            }
        }

        @Override
        public boolean release() {
            synchronized (LatestFirstPool.this) {
                if (terminated || state != State.IN_USE) {
                    return false;
                }
                state = State.IDLE;
                idle.add(this);
                return true;
            }
        }

        @Override
        public boolean remove() {
            synchronized (LatestFirstPool.this) {
                if (state == State.REMOVED) {
                    return false;
                }
                if (!terminated) {
                    leave();
                }
                state = State.REMOVED;
                return true;
            }
        }

        private void leave() {
            if (state == State.IDLE) {
                idle.remove(this); // who grew old is near the front
            }
            reserved -= state == State.RESERVED ? 1 : 0;
            Place last = all.remove(all.size() - 1);
            if (last != this) {
                all.set(index, last);
                last.index = index;
            }
        }

        @Override
        public boolean isReserved() {
            return is(State.RESERVED);
        }

        @Override
        public boolean isIdle() {
            return is(State.IDLE);
        }

        @Override
        public boolean isInUse() {
            return is(State.IN_USE);
        }

        @Override
        public boolean isTerminated() {
            synchronized (LatestFirstPool.this) {
                return terminated || state == State.REMOVED;
            }
        }

        private boolean is(State asked) {
            synchronized (LatestFirstPool.this) {
                return state == asked;
            }
        }
    }
}
