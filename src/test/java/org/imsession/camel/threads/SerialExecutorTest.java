package org.imsession.camel.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that cannot be had for a moment used to end an executor, and with it its feed, for ever. */
class SerialExecutorTest {

    private static final int TASKS = 5000;

    private final Queue<Runnable> runs = new ArrayDeque<>();
    private final List<Integer> done = new ArrayList<>();
    private boolean exhausted;
    private boolean queuesAllTheSame;
    private final SerialExecutor serial = new SerialExecutor(this::take);

    /** A pool as Java's are: a scheduled one has the task in its queue when it finds that no thread can be made. */
    private void take(Runnable run) {
        if (!exhausted || queuesAllTheSame) {
            runs.add(run);
        }
        if (exhausted) {
            throw new InternalError("unable to create native thread");
        }
    }

    private void runAll() {
        while (!runs.isEmpty()) {
            runs.remove().run();
        }
    }

    private void add(int from, int to) {
        IntStream.range(from, to).forEach(number -> serial.execute(() -> done.add(number)));
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void theExecutorGoesOnWithWhoComesNextAfterTheThreadsWereExhausted(boolean queued) {
        exhausted = true;
        queuesAllTheSame = queued;
        add(0, 3);
        exhausted = false;
        add(3, 40);
        runAll();
        assertThat(done).containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void theExecutorKeepsItsThreadIfNoOtherCanBeHadAfterItsShare(boolean queued) {
        queuesAllTheSame = queued;
        add(0, 100);
        exhausted = true;
        runAll();
        exhausted = false;
        add(100, 101);
        runAll();
        assertThat(done).containsExactlyElementsOf(IntStream.range(0, 101).boxed().toList());
    }

    @Test
    void theExecutorGoesOnByItselfIfNobodyComes() {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        AtomicBoolean first = new AtomicBoolean(true);
        AtomicInteger ran = new AtomicInteger();
        try {
            new SerialExecutor(run -> {
                if (first.getAndSet(false)) {
                    throw new InternalError("unable to create native thread");
                }
                thread.execute(run);
            }).execute(ran::incrementAndGet);
            Awaitility.await().until(() -> ran.get() == 1);
        } finally {
            thread.shutdownNow();
        }
    }

    /** Of many callers on threads that fail now and then, some after they have taken the run. */
    @Test
    void runsEachTaskOnceInOrderAndOneAtATimeWhateverFails() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        SerialExecutor failing = new SerialExecutor(run -> {
            int chance = ThreadLocalRandom.current().nextInt(10);
            if (chance > 0) {
                threads.execute(run);
            }
            if (chance < 2) {
                throw new InternalError("unable to create native thread");
            }
        });
        List<List<Integer>> of = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger count = new AtomicInteger();
        List<Thread> callers = of.stream().map(mine -> new Thread(() -> IntStream.range(0, TASKS).forEach(number ->
                failing.execute(() -> {
                    overlaps.addAndGet(atOnce.getAndIncrement());
                    mine.add(number);
                    atOnce.decrementAndGet();
                    count.incrementAndGet();
                })))).toList();
        try {
            callers.forEach(Thread::start);
            for (Thread caller : callers) {
                caller.join();
            }
            Awaitility.await().until(() -> count.get() == of.size() * TASKS);
            assertThat(overlaps).hasValue(0);
            assertThat(of).allSatisfy(each ->
                    assertThat(each).containsExactlyElementsOf(IntStream.range(0, TASKS).boxed().toList()));
        } finally {
            threads.shutdownNow();
        }
    }
}
