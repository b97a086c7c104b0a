package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.consumer.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UncheckedServersTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    /** Notes what is to be repeated and how often. */
    private static final class Notes extends ScheduledThreadPoolExecutor {

        private final List<Runnable> commands = new ArrayList<>();
        private long minutes;

        Notes() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
            commands.add(command);
            minutes = unit.toMinutes(delay);
            return null;
        }
    }

    @Test
    void everyHourItIsSaidAgainForAsLongAsSomebodyDoesIt() {
        UncheckedServers servers = new UncheckedServers();
        Notes timer = new Notes();
        servers.repeatWith(timer);
        assertThat(timer.minutes).isEqualTo(60);
        servers.begins("consumer", "alice", "https://gws.example.com");
        servers.begins("producer", "alice", "https://gws.example.com");
        assertThat(log.with("IMS-021")).hasSize(2);
        timer.commands.forEach(Runnable::run);
        assertThat(log.with("IMS-021")).as("once for both").hasSize(3);
        servers.ends("consumer");
        servers.ends("producer");
        timer.commands.forEach(Runnable::run);
        assertThat(log.with("IMS-021")).hasSize(3);
    }
}
