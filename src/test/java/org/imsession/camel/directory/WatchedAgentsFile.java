package org.imsession.camel.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.Credential;
import org.imsession.camel.spi.Roster;
import org.imsession.camel.threads.StepByStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A file of agents, what was told of it, and the time and the disk in the hands of a test. */
abstract class WatchedAgentsFile {

    static final int TWICE = 2;

    @RegisterExtension
    final LogLines log = new LogLines();
    @TempDir
    Path folder;
    final StepByStep watch = new StepByStep();
    Executor disk = Runnable::run;
    final Map<String, String> properties = new HashMap<>();
    final List<Roster> told = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    Supplier<String> whenAsked;
    private long age = 1000;

    @AfterEach
    void stop() {
        watch.shutdownNow();
    }

    Path write(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("agents.properties"), text);
        return changed(file);
    }

    /** Each change at a time of its own, however coarse the clock of the file system. */
    Path changed(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        age += 1000;
        return Files.setLastModifiedTime(file, FileTime.fromMillis(age));
    }

    AgentDirectory.Registration follow(Path file, boolean readableByOthers) {
        return follow(file, readableByOthers, Duration.ofSeconds(30));
    }

    AgentDirectory.Registration follow(Path file, boolean readableByOthers, Duration longestLook) {
        return new AgentsFile(file, readableByOthers, Duration.ofSeconds(1), watch, task -> disk.execute(task),
                new PlaceholderLookup(this::find, watch, Duration.ofSeconds(1)), longestLook).follow(told::add);
    }

    private String find(String text) {
        asked.add(text);
        if (whenAsked != null) {
            return whenAsked.get();
        }
        String found = properties.get(text);
        if (found == null) {
            throw new IllegalArgumentException("Property not found in " + text);
        }
        return found;
    }

    Roster last() {
        return told.get(told.size() - 1);
    }

    String password(String agent) {
        return last().agents().get(agent).credential(agent).toCompletableFuture().join()
                instanceof Credential.Password given ? given.password() : "";
    }
}
