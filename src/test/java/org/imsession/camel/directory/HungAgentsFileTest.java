package org.imsession.camel.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.imsession.camel.spi.AgentDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A look at a file of agents that hangs, or cannot be begun, undoes nothing and holds up nothing. */
class HungAgentsFileTest extends WatchedAgentsFile {

    @Test
    void aDiskThatHangsIsSaidOnceAndForgottenWhenItAnswers() throws IOException {
        Path file = write("alice=a\n");
        follow(file, false);
        Queue<Runnable> waiting = new ArrayDeque<>();
        disk = waiting::add;
        watch.look(30);
        assertThat(waiting).as("the look that hangs, and no other").hasSize(1);
        watch.look(1);
        Runnable look = waiting.remove();
        waiting.remove().run();
        assertThat(last().problem()).contains(file.toString(), "has not answered for 30 s");
        assertThat(last().agents()).containsOnlyKeys("alice");
        watch.look(1);
        waiting.remove().run();
        assertThat(told).as("said once").hasSize(2);
        look.run();
        assertThat(last().problem()).isEmpty();
        assertThat(last().agents()).containsOnlyKeys("alice");
        watch.look(1);
        assertThat(waiting).as("the next look").hasSize(1);
    }

    /** It used to take back the change for good: the file was the one that had been taken. */
    @Test
    void whatAHungLookTellsAfterAllIsNotTakenBackByWhoSaysThatItHangs() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            many.append("agent").append(i).append("=x\n");
        }
        follow(write(many.toString()), false);
        Queue<Runnable> waiting = new ArrayDeque<>();
        disk = waiting::add;
        write("alice={{vault:alice}}\n");
        watch.look(1);
        waiting.remove().run();
        watch.look(31);
        Runnable look = waiting.remove();
        Thread saying = new Thread(waiting.remove());
        whenAsked = () -> { // the end of the look: all but telling is done
            saying.start();
            while (saying.isAlive() && Stream.of(saying.getStackTrace()).noneMatch(frame ->
                    frame.getMethodName().equals("because"))) {
                Thread.onSpinWait();
            }
            return "secret";
        };
        look.run();
        saying.join();
        assertThat(last().agents()).containsOnlyKeys("alice");
    }

    @Test
    void aLookForWhichNoThreadCanBeHadIsMadeLaterAndSaidOnce() throws IOException {
        follow(write("alice=a\n"), false);
        write("alice=a\nbob=b\n");
        List<Throwable> refusals = new ArrayList<>();
        disk = task -> {
            Error none = new InternalError("unable to create native thread");
            refusals.add(none);
            throw none;
        };
        watch.look(40);
        assertThat(refusals).hasSize(40);
        assertThat(log.with("for want of a thread")).singleElement().asString().contains("IMS-012", "native thread");
        disk = Runnable::run;
        watch.look(TWICE);
        assertThat(last().agents()).containsOnlyKeys("alice", "bob");
    }

    @Test
    void aLookThatComesBackWhenNobodyWantsToKnowAnyMoreTellsNothing() throws IOException {
        Path file = write("alice=a\n");
        AgentDirectory.Registration registration = follow(file, false);
        write("bob=b\n");
        watch.look(1);
        Queue<Runnable> waiting = new ArrayDeque<>();
        disk = waiting::add;
        watch.look(40);
        registration.close();
        waiting.forEach(Runnable::run);
        assertThat(told).hasSize(1);
    }

    /** It used to hang the start of the whole context. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDiskThatHangsWhenTheRouteStartsFailsTheStart() throws Exception {
        Path pipe = folder.resolve("pipe"); // without a writer it hangs as a dead mount does
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start().waitFor()).isZero();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        disk = threads;
        try {
            assertThatThrownBy(() -> follow(pipe, false, Duration.ofMillis(100)))
                    .hasMessageContainingAll(pipe.toString(), "has not answered for", "look at the disk");
        } finally {
            try (RandomAccessFile writer = new RandomAccessFile(pipe.toFile(), "rw")) {
                writer.writeBytes("alice=a\n");
            }
            threads.shutdown();
        }
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(told).as("nobody waits for it any more").isEmpty();
    }
}
