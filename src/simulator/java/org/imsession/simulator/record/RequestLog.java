package org.imsession.simulator.record;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The record of all requests, in the order of arrival. Counters are exact; of the requests themselves the newest are
 * kept, up to a limit. All methods may be called from any thread.
 */
public final class RequestLog {

    private record Key(Step step, String agent) {
    }

    private static final String EVERYBODY = "\u0000everybody";

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<RecordedRequest> kept = new ArrayDeque<>();
    private final Map<Key, Integer> counters = new HashMap<>();
    private final int limit;
    private long dropped;

    /**
     * An empty record.
     *
     * @param limit how many requests it keeps
     */
    public RequestLog(int limit) {
        this.limit = limit;
    }

    /**
     * Adds a request.
     *
     * @param request the request
     */
    public void add(RecordedRequest request) {
        lock.lock();
        try {
            kept.addLast(request);
            while (kept.size() > limit) {
                kept.removeFirst();
                dropped++;
            }
            increment(Step.ANY, request.agent());
            request.steps().stream().distinct().forEach(step -> increment(step, request.agent()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void increment(Step step, String agent) {
        counters.merge(new Key(step, EVERYBODY), 1, Integer::sum);
        counters.merge(new Key(step, agent), 1, Integer::sum);
    }

    /** Forgets all requests and sets all counters to zero. */
    public void clear() {
        lock.lock();
        try {
            kept.clear();
            counters.clear();
            dropped = 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many requests have come at a step.
     *
     * @param step the step
     * @return their number, of all agents
     */
    public int count(Step step) {
        return countOf(new Key(step, EVERYBODY));
    }

    /**
     * How many requests of one agent have come at a step.
     *
     * @param step  the step
     * @param agent the agent, empty for requests of nobody
     * @return their number
     */
    public int count(Step step, String agent) {
        return countOf(new Key(step, agent));
    }

    private int countOf(Key key) {
        lock.lock();
        try {
            return counters.getOrDefault(key, 0);
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many requests were forgotten because of the limit.
     *
     * @return their number
     */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The requests that were kept.
     *
     * @return all of them, oldest first
     */
    public List<RecordedRequest> all() {
        return where(each -> true);
    }

    /**
     * The requests at a step.
     *
     * @param step the step
     * @return those that were kept, oldest first
     */
    public List<RecordedRequest> requests(Step step) {
        return where(each -> each.isAt(step));
    }

    /**
     * The requests of one agent at a step.
     *
     * @param step  the step
     * @param agent the agent
     * @return those that were kept, oldest first
     */
    public List<RecordedRequest> requests(Step step, String agent) {
        return where(each -> each.isAt(step) && each.agent().equals(agent));
    }

    /**
     * The bodies of the requests at a step.
     *
     * @param step the step
     * @return the bodies of those that were kept, oldest first
     */
    public List<String> bodies(Step step) {
        return requests(step).stream().map(RecordedRequest::text).toList();
    }

    /**
     * The newest request at a step.
     *
     * @param step the step
     * @return the request, empty when there was none
     */
    public Optional<RecordedRequest> last(Step step) {
        List<RecordedRequest> found = requests(step);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    private List<RecordedRequest> where(Predicate<RecordedRequest> condition) {
        lock.lock();
        try {
            List<RecordedRequest> found = new ArrayList<>();
            kept.stream().filter(condition).forEach(found::add);
            return found;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a number of requests has come at a step, counted from the start or the last {@link #clear()}.
     *
     * @param step    the step
     * @param number  the number
     * @param timeout how long to wait
     * @return whether so many have come in time
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean await(Step step, int number, Duration timeout) throws InterruptedException {
        return await(new Key(step, EVERYBODY), number, timeout);
    }

    /**
     * Waits until a number of requests of one agent has come at a step.
     *
     * @param step    the step
     * @param agent   the agent
     * @param number  the number
     * @param timeout how long to wait
     * @return whether so many have come in time
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean await(Step step, String agent, int number, Duration timeout) throws InterruptedException {
        return await(new Key(step, agent), number, timeout);
    }

    private boolean await(Key key, int number, Duration timeout) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            while (counters.getOrDefault(key, 0) < number) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
