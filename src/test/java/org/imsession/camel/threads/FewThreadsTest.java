package org.imsession.camel.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes on behind an operation may wait, and mostly does not. */
class FewThreadsTest {

    private static final int MANY = 50;

    private final Queue<Runnable> called = new ArrayDeque<>();
    private final FewThreads few = new FewThreads(called::add);
    private final List<Integer> done = new ArrayList<>();

    @Test
    void whatComesBeforeAThreadIsThereTakesOneThread() {
        IntStream.range(0, MANY).forEach(i -> few.execute(() -> done.add(i)));
        assertThat(called).hasSize(1);

        called.remove().run();
        assertThat(done).hasSize(MANY).isSorted();
        assertThat(called).as("for the others, had one of them waited").hasSize(1);

        called.remove().run();
        few.execute(() -> done.add(MANY));
        assertThat(called).hasSize(1);
    }

    @Test
    void noTaskWaitsForTheEndOfAnother() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            FewThreads real = new FewThreads(threads);
            CyclicBarrier all = new CyclicBarrier(MANY + 1);
            for (int i = 0; i < MANY; i++) {
                real.execute(() -> {
                    try {
                        all.await(30, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
            assertThatCode(() -> all.await(30, TimeUnit.SECONDS)).doesNotThrowAnyException();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void withoutThreadsWhoHandsOverRunsIt() {
        FewThreads none = new FewThreads(task -> {
            throw new RejectedExecutionException("shut down");
        });
        none.execute(() -> IntStream.range(0, 100_000).forEach(i -> none.execute(() -> done.add(i))));
        assertThat(done).hasSize(100_000).isSorted();
    }

    /** Nothing else would have taken the next one. */
    @Test
    void aTaskThatFailsKeepsNoOtherFromRunning() {
        few.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        few.execute(() -> done.add(1));
        called.remove().run();
        assertThat(done).containsExactly(1);
    }

    @Test
    void anInterruptOfOneTaskDoesNotMeetTheNext() {
        few.execute(() -> Thread.currentThread().interrupt());
        few.execute(() -> done.add(1));
        called.remove().run();
        assertThat(Thread.interrupted()).as("left to the pool").isTrue();
        assertThat(done).isEmpty();

        called.remove().run();
        assertThat(done).containsExactly(1);
    }
}
