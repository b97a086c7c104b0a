package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.eclipse.jetty.util.Pool.Entry;
import org.junit.jupiter.api.Test;

class LatestFirstPoolTest {

    private final LatestFirstPool<String> pool = new LatestFirstPool<>(3);

    private Entry<String> idle(String name) {
        Entry<String> entry = pool.reserve();
        assertThat(entry.enable(name, false)).isTrue();
        return entry;
    }

    @Test
    void whatWasUsedLastIsUsedNext() {
        Entry<String> first = idle("first");
        Entry<String> second = idle("second");

        assertThat(pool.acquire()).isSameAs(second);
        assertThat(pool.acquire()).isSameAs(first);
        assertThat(pool.acquire()).isNull();
        second.release();
        first.release();
        assertThat(pool.acquire()).isSameAs(first);
    }

    @Test
    void holdsNoMoreThanItMay() {
        idle("first");
        idle("second");
        Entry<String> third = pool.reserve();

        assertThat(pool.reserve()).isNull();
        assertThat(pool.getIdleCount()).isEqualTo(2);
        assertThat(pool.getReservedCount()).isEqualTo(1);
        assertThat(pool.getInUseCount()).isZero();
        pool.acquire();
        assertThat(pool.getIdleCount()).isEqualTo(1);
        assertThat(pool.getInUseCount()).isEqualTo(1);
        third.remove();
        assertThat(pool.getReservedCount()).isZero();
        assertThat(pool.reserve()).isNotNull();
        assertThat(pool.size()).isEqualTo(pool.getMaxSize()).isEqualTo(3);
    }

    @Test
    void whatIsRemovedIsNotUsedAgain() {
        Entry<String> old = idle("old");
        Entry<String> young = idle("young");
        Entry<String> used = pool.reserve();
        used.enable("used", true);

        assertThat(old.remove()).isTrue();
        assertThat(old.remove()).isFalse();
        assertThat(old.isTerminated()).isTrue();
        assertThat(used.remove()).isTrue();
        assertThat(used.release()).isFalse();

        assertThat(pool.stream()).containsExactly(young);
        assertThat(pool.acquire()).isSameAs(young);
        assertThat(pool.acquire()).isNull();
    }

    @Test
    void eachIsReservedThenIdleOrInUse() {
        Entry<String> entry = pool.reserve();
        assertThat(entry.isReserved()).isTrue();
        entry.enable("it", true);
        assertThat(entry.isInUse()).isTrue();
        assertThat(entry.getPooled()).isEqualTo("it");
        assertThat(entry.release()).isTrue();
        assertThat(entry.isIdle()).isTrue();
        assertThat(entry.release()).isFalse();
        assertThatThrownBy(() -> entry.enable("another", true)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterItsEndNothingIsTakenOrGiven() {
        Entry<String> reserved = pool.reserve();
        Entry<String> idle = idle("idle");
        Entry<String> used = pool.reserve();
        used.enable("used", true);

        assertThat(pool.terminate()).containsExactlyInAnyOrder(reserved, idle, used);

        assertThat(pool.acquire()).isNull();
        assertThat(pool.reserve()).isNull();
        assertThat(reserved.enable("late", true)).isFalse();
        assertThat(used.release()).isFalse();
        assertThat(used.remove()).isTrue();
        assertThat(used.isInUse()).isFalse();
        assertThat(pool.size()).isZero();
    }

    /** Reserved, used, released and removed at random: whoever is given one has it alone, and none is lost. */
    @Test
    void noTwoThreadsHaveTheSame() throws Exception {
        LatestFirstPool<Integer> shared = new LatestFirstPool<>(8);
        Set<Integer> inUse = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> users = IntStream.range(0, 4)
                    .<Callable<Integer>>mapToObj(user -> () -> use(shared, inUse, user)).toList();
            for (Future<Integer> each : threads.invokeAll(users)) {
                assertThat(each.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
        Set<Entry<Integer>> idle = Collections.newSetFromMap(new ConcurrentHashMap<>());
        for (Entry<Integer> each = shared.acquire(); each != null; each = shared.acquire()) {
            idle.add(each);
        }
        assertThat(shared.stream()).hasSize(shared.size());
        assertThat(idle).isEqualTo(new HashSet<>(shared.stream().toList()));
    }

    /** @return how often what it was given was in use by another */
    private static int use(LatestFirstPool<Integer> shared, Set<Integer> inUse, int user) {
        int twice = 0;
        for (int i = 0; i < 20_000; i++) {
            Entry<Integer> entry = shared.acquire();
            if (entry == null) {
                entry = shared.reserve();
                if (entry == null) {
                    continue;
                }
                entry.enable(user * 100_000 + i, true);
            }
            twice += inUse.add(entry.getPooled()) ? 0 : 1;
            inUse.remove(entry.getPooled());
            if (i % 7 == 0) {
                entry.remove();
            } else {
                entry.release();
            }
        }
        return twice;
    }
}
