package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.spi.StateRepository;
import org.awaitility.Awaitility;
import org.imsession.camel.store.FilePositionRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two applications in one process with a class loader each, as in Karaf or Tomcat, and one folder. POSIX takes the lock
 * from the process when any channel of its file is closed there, be it by the garbage collector.
 */
@EnabledOnOs(OS.LINUX)
class TwoApplicationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    /** What another process does. */
    public static final class Other {

        private Other() {
        }

        public static void main(String[] folder) {
            try {
                new FilePositionRepository(Path.of(folder[0])).getState("alice");
                System.out.print("got it");
            } catch (RuntimeException e) {
                System.out.print(e.getMessage());
            }
        }
    }

    /** Has our classes for itself, and shares those of Camel and the JDK. */
    private static final class Application extends URLClassLoader {

        private Application() throws IOException {
            super(classPath(), TwoApplicationsTest.class.getClassLoader());
        }

        private static URL[] classPath() throws IOException {
            List<URL> urls = new ArrayList<>();
            for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
                urls.add(Path.of(part).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.imsession.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        @SuppressWarnings("unchecked")
        StateRepository<String, String> repository(Path folder) throws ReflectiveOperationException {
            return (StateRepository<String, String>) loadClass(FilePositionRepository.class.getName())
                    .getConstructor(Path.class).newInstance(folder);
        }
    }

    @BeforeEach
    void theTimerOfTheJdkRuns() {
        // its thread would refer to the application that starts it first, and none could be unloaded
        CompletableFuture.runAsync(() -> { }, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)).join();
    }

    private long openLockFiles() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(each -> target(each).startsWith(folder + "/") && target(each).endsWith(".lock"))
                    .count();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) { // closed meanwhile
            return "";
        }
    }

    private String askedByAnotherProcess() throws Exception {
        Process other = ChildJvm.of(Other.class, folder.toString()).redirectErrorStream(true).start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).as(said).isZero();
        return said;
    }

    private static void assertRefused(StateRepository<String, String> repository) {
        assertThatThrownBy(() -> repository.getState("alice"))
                .hasMessageEndingWith("in use by another application in this process");
    }

    private static void awaitCollected(WeakReference<?> reference) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            System.gc();
            return reference.refersTo(null);
        });
    }

    /** Three times, for nothing tells when the JDK has closed the channels that the first one has found. */
    private static void awaitCollection() {
        for (int i = 0; i < 3; i++) {
            awaitCollected(new WeakReference<>(new Object()));
        }
    }

    /** Each attempt left a channel to the garbage collector, and the lock ended when it was collected. */
    @Test
    void whoTriesAgainAndAgainLeavesTheLockToItsHolder() throws Exception {
        FilePositionRepository holder = new FilePositionRepository(folder);
        holder.setState("alice", "ours");
        try (Application application = new Application()) {
            StateRepository<String, String> second = application.repository(folder);
            for (int i = 0; i < 5; i++) {
                assertRefused(second);
                awaitCollection();
            }
            assertThat(openLockFiles()).as("one of the holder, one of who waits").isEqualTo(2);
            assertThat(askedByAnotherProcess()).endsWith("in use by another process");
            holder.stop();
            assertThat(askedByAnotherProcess()).as("nobody's").isEqualTo("got it");
            assertThat(second.getState("alice")).isEqualTo("ours");
            assertRefused(holder);
            assertThat(askedByAnotherProcess()).endsWith("in use by another process");
            second.stop();
            holder.start();
            assertThat(holder.getState("alice")).isEqualTo("ours");
            holder.stop();
        }
    }

    @Test
    void whoWaitedAndIsUnloadedLeavesTheLockToItsHolder() throws Exception {
        FilePositionRepository holder = new FilePositionRepository(folder);
        holder.setState("alice", "ours");
        awaitCollected(new WeakReference<>(anApplicationThatWaited()));
        awaitCollection();
        assertThat(askedByAnotherProcess()).endsWith("in use by another process");
        holder.stop();
    }

    private Application anApplicationThatWaited() throws Exception {
        try (Application application = new Application()) {
            assertRefused(application.repository(folder));
            return application;
        }
    }
}
