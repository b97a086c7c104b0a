package org.imsession.camel.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages are told at once, and of many changes together; a crowd of pages less often. */
class AnnouncerTest {

    /** So many that a pause of this machine is shorter than theirs. */
    private static final int CROWD = 100_000;

    private final List<Long> delays = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final List<Map<String, Object>> told = new ArrayList<>();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(0) {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            delays.add(unit.toMillis(delay));
            later.add(task);
            return null;
        }
    };
    private int pages = CROWD;
    private final Announcer announcer = new Announcer(thread, () -> pages);
    private final LiveState state = new LiveState(this::changed);

    private void changed() {
        announcer.wake(state, told::add);
    }

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    private void change(String agent) {
        state.agents(Map.of(agent, Map.of("id", agent)));
    }

    @Test
    void theFirstChangeIsToldAtOnceAndThoseThatFollowItTogether() {
        change("one");
        assertThat(told).hasSize(1);
        for (String agent : List.of("two", "three", "four")) {
            change(agent);
        }
        assertThat(told).hasSize(1);
        assertThat(later).hasSize(1);
        later.get(0).run();
        assertThat(told).hasSize(2);
        assertThat(told.get(1).get("n")).isEqualTo(state.number());
        assertThat((List<?>) told.get(1).get("changes")).hasSize(6); // each agent replaces the one before
    }

    @Test
    void aCrowdWaitsSoManyMillisecondsAsThereArePages() {
        change("one");
        change("two");
        assertThat(delays).hasSize(1).allSatisfy(delay -> assertThat(delay)
                .isBetween(Announcer.PACE_MILLIS + 1, (long) CROWD));
    }

    @Test
    void fewPagesWaitNoLongerThanThePace() {
        pages = 9;
        change("one");
        change("two"); // if this comes late enough, it need not wait at all
        assertThat(delays).allSatisfy(delay -> assertThat(delay).isBetween(1L, Announcer.PACE_MILLIS));
    }
}
