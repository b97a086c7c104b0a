package org.imsession.camel.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpCookieStore;
import org.imsession.camel.bayeux.SessionPosition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionSaverTest {

    private static final int POSITIONS = 20_000;

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        threads.shutdownNow();
    }

    /**
     * The server was told of a position while an older one was kept, if the last gap was told in the same moment: an
     * event after a crash would have got a sequence that was given out before.
     */
    @Test
    void thePositionThatIsKeptIsNeverOlderThanTheOneThatMayLeave() throws Exception {
        AtomicReference<String> stored = new AtomicReference<>();
        PositionSaver keeper = keeper(stored);
        AtomicBoolean stopped = new AtomicBoolean();
        CompletableFuture<Void> telling = CompletableFuture.runAsync(() -> {
            while (!stopped.get()) {
                keeper.again();
            }
        }, threads);
        for (int end = 1; end <= POSITIONS; end++) {
            keep(keeper, end);
            assertThat(end(stored)).isEqualTo(end);
        }
        stopped.set(true);
        telling.get(20, TimeUnit.SECONDS);
    }

    /** Whoever led before, and leads again, still wished for the position that it had kept last. */
    @Test
    void whatAnotherProcessHasKeptSinceIsNotReplacedByAnOlderPosition() throws Exception {
        AtomicReference<String> stored = new AtomicReference<>();
        PositionSaver first = keeper(stored);
        PositionSaver second = keeper(stored);
        keep(first, 1);
        first.release().get(20, TimeUnit.SECONDS);
        second.load().get(20, TimeUnit.SECONDS);
        keep(second, 2);
        second.release().get(20, TimeUnit.SECONDS);
        first.again();
        assertThat(first.load().get(20, TimeUnit.SECONDS).saved().position().end()).isEqualTo(2);
        first.again();
        first.release().get(20, TimeUnit.SECONDS); // behind what would have been written
        assertThat(end(stored)).isEqualTo(2);
    }

    /** A route that was stopped before it heard of it, and started again, was not told of the gap that it was owed. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whatWasFoundIsKnownToAFeedThatHasTakenItOver(boolean takenOver) throws Exception {
        AtomicReference<String> stored = new AtomicReference<>();
        PositionSaver first = keeper(stored);
        keep(first, 1);
        assertThat(first.load().get(20, TimeUnit.SECONDS).ours()).as("what it has kept itself").isTrue();
        PositionSaver second = keeper(stored);
        PositionSaver.Found found = second.load().get(20, TimeUnit.SECONDS);
        assertThat(found.ours()).isFalse();
        if (takenOver) {
            second.takenOver(found);
        }
        assertThat(second.load().get(20, TimeUnit.SECONDS).ours()).isEqualTo(takenOver);
    }

    private PositionSaver keeper(AtomicReference<String> stored) {
        scheduler.setRemoveOnCancelPolicy(true);
        Marks marks = new Marks() {
            @Override
            public Instant since(Instant settled) {
                return settled;
            }

            @Override
            public List<RouteMark> marks(Instant settled) {
                return List.of();
            }
        };
        PositionSaver saver = new PositionSaver(new Owner("alice", "server", URI.create("http://127.0.0.1/x")),
                scheduler, threads, Clock.systemUTC(), store(stored), new HttpCookieStore.Default());
        saver.marks(marks);
        return saver;
    }

    private static void keep(PositionSaver keeper, int end) throws Exception {
        CompletableFuture<Void> left = new CompletableFuture<>();
        keeper.keep(new SessionPosition("id", "name", end, end, Instant.EPOCH), () -> left.complete(null));
        left.get(20, TimeUnit.SECONDS);
    }

    private static long end(AtomicReference<String> stored) {
        return SavedPosition.decode(stored.get(), "alice", "server").position().end();
    }

    private static PositionStore store(AtomicReference<String> stored) {
        return new PositionStore() {
            @Override
            public Optional<String> load(String key) {
                return Optional.ofNullable(stored.get());
            }

            @Override
            public void save(String key, String text) {
                stored.set(text);
            }

            @Override
            public void delete(String key) {
                stored.set("");
            }
        };
    }
}
