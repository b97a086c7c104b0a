package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.spi.PositionInUseException;
import org.imsession.camel.store.CrashingRepository;
import org.imsession.camel.store.CrashingRepository.Moment;
import org.imsession.camel.store.FilePositionRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A repository that was stopped holds no lock, also if something is saved after that. */
class LateSaveTest {

    @TempDir
    private Path folder;

    private FilePositionRepository started() {
        FilePositionRepository repository = new FilePositionRepository(folder);
        repository.start();
        return repository;
    }

    @Test
    void whatIsSavedAfterTheStopIsKeptAndTheKeyIsFree() {
        FilePositionRepository old = started();
        old.setState("alice", "one");
        old.stop();
        old.setState("alice", "late");
        FilePositionRepository next = started();
        assertThat(next.getState("alice")).isEqualTo("late");
        assertThatThrownBy(() -> old.setState("alice", "too late")).isInstanceOf(PositionInUseException.class);
        assertThat(next.getState("alice")).isEqualTo("late");
        next.stop();
    }

    @Test
    void whatIsReadAfterTheStopTakesNoLockEither() {
        FilePositionRepository old = started();
        old.stop();
        assertThat(old.getState("alice")).isNull();
        FilePositionRepository next = started();
        next.setState("alice", "one");
        next.stop();
        old.start();
        assertThat(old.getState("alice")).as("as before, once it is started again").isEqualTo("one");
        FilePositionRepository third = started();
        assertThatThrownBy(() -> third.getState("alice")).isInstanceOf(PositionInUseException.class);
        third.stop();
        old.stop();
    }

    /** The next owner had kept a newer position by then, and the older one was moved over it. */
    @ParameterizedTest
    @EnumSource(names = { "BEFORE", "WITHIN" })
    void aSaveThatHangsAtTheStopIsNeverPutOverWhatTheNextOwnerHasKept(Moment where) throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        CrashingRepository old = new CrashingRepository(folder, moment -> {
            if (moment == where) {
                hangs.countDown();
                await(goesOn);
            }
        });
        old.start();
        assertThat(old.getState("alice")).isNull();
        CompletableFuture<Void> saving = CompletableFuture.runAsync(() -> old.setState("alice", "older"));
        await(hangs);
        old.stop();
        FilePositionRepository next = started();
        boolean mayOwn = where == Moment.BEFORE; // nothing is at work in the folder yet
        if (mayOwn) {
            next.setState("alice", "newer");
        } else {
            assertThatThrownBy(() -> next.setState("alice", "newer")).isInstanceOf(PositionInUseException.class);
        }
        goesOn.countDown();
        if (mayOwn) {
            assertThatThrownBy(saving::join).hasCauseInstanceOf(PositionInUseException.class);
        } else {
            saving.join();
            next.setState("alice", "newer");
        }
        assertThat(next.getState("alice")).isEqualTo("newer");
        next.stop();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
