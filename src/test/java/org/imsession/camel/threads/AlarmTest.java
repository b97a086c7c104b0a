package org.imsession.camel.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.bayeux.VirtualTime;
import org.junit.jupiter.api.Test;

class AlarmTest {

    private final List<Long> rung = new ArrayList<>();
    private final CountedTime time = new CountedTime();
    private final Alarm alarm = new Alarm(time, () -> rung.add(time.millis()), () -> rung.add(-1L));

    /** How many tasks a scheduler has been given. */
    private static final class CountedTime extends VirtualTime {

        private int tasks;

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            tasks++;
            return super.schedule(command, delay, unit);
        }
    }

    @Test
    void ringsOnceAtTheTimeToWhichItWasSetLast() {
        alarm.in(100);
        time.advanceTo(50);
        alarm.in(1000);
        time.advanceTo(60);
        alarm.in(500);
        time.advanceTo(5000);
        assertThat(rung).containsExactly(560L);
    }

    @Test
    void anEarlierTimeTakesThePlaceOfALaterOne() {
        alarm.in(1000);
        alarm.in(10);
        time.advanceTo(5000);
        assertThat(rung).containsExactly(10L);
    }

    /** A task that is due before all others wakes a thread of the scheduler. */
    @Test
    void toBeSetAThousandTimesTakesOneTaskOfTheScheduler() {
        for (int i = 0; i < 1000; i++) {
            alarm.in(10_000 + i);
        }
        assertThat(time.tasks).isOne();
    }

    @Test
    void withinDoesNotPutItOff() {
        alarm.within(100);
        alarm.within(1000);
        time.advanceTo(5000);
        alarm.within(10);
        alarm.within(5);
        time.advanceTo(9000);
        assertThat(rung).containsExactly(100L, 5005L);
    }

    @Test
    void nothingIsLeftOfOneThatHasEnded() {
        alarm.in(100);
        alarm.in(1000);
        alarm.end();
        time.advanceTo(5000);
        alarm.in(1);
        time.advanceTo(9000);
        assertThat(rung).containsExactly(5001L);
    }

    @Test
    void threadsThatAreShutDownAreToldOfAtOnce() {
        ScheduledThreadPoolExecutor down = new ScheduledThreadPoolExecutor(1);
        down.shutdownNow();
        new Alarm(down, () -> rung.add(0L), () -> rung.add(-1L)).in(100);
        assertThat(rung).containsExactly(-1L);
    }
}
