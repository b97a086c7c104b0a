package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.imsession.camel.FileSessionRepository;
import org.imsession.camel.feed.SessionInUseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that was stopped holds no lock, also if something is saved after that. */
class LateSaveTest {

    @TempDir
    private Path folder;

    private FileSessionRepository started() {
        FileSessionRepository repository = new FileSessionRepository(folder);
        repository.start();
        return repository;
    }

    @Test
    void whatIsSavedAfterTheStopIsKeptAndTheKeyIsFree() {
        FileSessionRepository old = started();
        old.setState("alice", "one");
        old.stop();
        old.setState("alice", "late");
        FileSessionRepository next = started();
        assertThat(next.getState("alice")).isEqualTo("late");
        assertThatThrownBy(() -> old.setState("alice", "too late")).isInstanceOf(SessionInUseException.class);
        assertThat(next.getState("alice")).isEqualTo("late");
        next.stop();
    }

    @Test
    void whatIsReadAfterTheStopTakesNoLockEither() {
        FileSessionRepository old = started();
        old.stop();
        assertThat(old.getState("alice")).isNull();
        FileSessionRepository next = started();
        next.setState("alice", "one");
        next.stop();
        old.start();
        assertThat(old.getState("alice")).as("as before, once it is started again").isEqualTo("one");
        FileSessionRepository third = started();
        assertThatThrownBy(() -> third.getState("alice")).isInstanceOf(SessionInUseException.class);
        third.stop();
        old.stop();
    }
}
