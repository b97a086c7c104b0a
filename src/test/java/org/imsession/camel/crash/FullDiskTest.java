package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.spi.StateRepository;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.store.FilePositionRepository;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rows F45 and F46: a disk that is full costs the resumption, and only as long as it is full. */
class FullDiskTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @TempDir
    Path folder;

    @RegisterExtension
    final LogLines log = new LogLines();

    /** A folder on a disk that can be full. */
    private static final class Disk extends FilePositionRepository {

        private final AtomicBoolean full = new AtomicBoolean();

        Disk(Path folder) {
            super(folder);
        }

        @Override
        public void setState(String key, String value) {
            if (full.get()) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
            super.setState(key, value);
        }
    }

    private ListeningRoute listen(StateRepository<String, String> repository) throws Exception {
        return ListeningRoute.prepared().with(context -> context.getRegistry().bind("state", repository))
                .add("listening", ListeningRoute.uri(gws, "alice", "stateRepository=#state")).start();
    }

    private ListeningRoute live(StateRepository<String, String> repository) throws Exception {
        ListeningRoute route = listen(repository);
        route.awaitState("LIVE");
        return route;
    }

    private void saysAndHears(ListeningRoute route, String text) throws Exception {
        gws.agent("alice").session().says(text);
        assertThat(route.inbox().takeText()).isEqualTo(text);
    }

    private void awaitResumable(ListeningRoute route, boolean expected) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                route.health().getDetails().get("resumable").equals(expected)
                        && route.consumer().isResumable() == expected);
    }

    @Test
    void theFeedGoesOnAndCanBeResumedAgainAsSoonAsThereIsSpace() throws Exception {
        Disk disk = new Disk(folder);
        try (ListeningRoute route = live(disk)) {
            saysAndHears(route, "one");
            awaitResumable(route, true);
            disk.full.set(true);
            for (String text : new String[] { "two", "three", "four" }) {
                saysAndHears(route, text);
            }
            awaitResumable(route, false);
            assertThat(log.with("IMS-008")).as("one warning for all failures").hasSize(1);
            assertThat(log.with("cannot be kept, so a crash now would end in a gap")).hasSize(1);
            disk.full.set(false);
            saysAndHears(route, "five");
            awaitResumable(route, true);
            for (String text : new String[] { "six", "seven", "eight" }) {
                saysAndHears(route, text);
            }
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(log.with("IMS-008")).as("and one line that it is over").hasSize(2));
        }
        try (ListeningRoute route = live(new FilePositionRepository(folder))) {
            saysAndHears(route, "nine");
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("one session for both").isEqualTo(1);
    }

    @Test
    void aPositionThatCouldNotBeKeptIsAGapAfterTheNextStart() throws Exception {
        StateRepository<String, String> forgetful = new Drawer() {
            @Override
            public void setState(String key, String value) {
                if (!value.isEmpty()) {
                    throw new IllegalStateException("No space left on device");
                }
                super.setState(key, value);
            }
        };
        try (ListeningRoute route = live(forgetful)) {
            saysAndHears(route, "one");
            assertThat(route.attribute("Gaps")).as("nothing was before").isEqualTo("0");
        }
        try (ListeningRoute route = listen(forgetful)) {
            FeedGap gap = route.inbox().takeGap();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.SESSION_LOST);
            assertThat(gap.detail()).contains("could not be kept");
            route.awaitState("LIVE");
            assertThat(route.attribute("Gaps")).isEqualTo("1");
        }
    }
}
