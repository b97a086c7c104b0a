package org.imsession.camel.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The process of the {@link Follower}, over all its lives. One thread at a time, but for what is synchronized. */
final class FollowerProcess {

    private final String url;
    private final Path folder;
    private final List<Listener> listeners;
    private final List<Life> lives = new ArrayList<>();
    private Process process;
    private boolean frozen;

    FollowerProcess(String url, Path folder, List<Listener> listeners) {
        this.url = url;
        this.folder = folder;
        this.listeners = listeners;
    }

    /** One life: what the process said it needed, from the first time to the last. */
    static final class Life {

        private final long bornNanos = System.nanoTime();
        private long minutes;
        private Vitals first;
        private Vitals last;

        private synchronized void note(Vitals vitals) {
            first = first == null ? vitals : first;
            last = vitals;
            minutes = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - bornNanos);
        }

        synchronized Optional<Vitals> last() {
            return Optional.ofNullable(last);
        }

        @Override
        public synchronized String toString() {
            return minutes + " min: first " + first + "; last " + last;
        }
    }

    void start() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx192m",
                "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.log.org.imsession=debug", "-cp", classPath(),
                Follower.class.getName(), url, folder.toString()));
        listeners.forEach(each -> command.addAll(List.of(each.name(), each.options())));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("follower.log").toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Life life = new Life();
        synchronized (lives) {
            lives.add(life);
        }
        BufferedReader out = process.inputReader();
        Thread reader = new Thread(() -> out.lines().filter(Vitals::isLine).map(Vitals::parse).forEach(life::note));
        reader.setDaemon(true);
        reader.start();
    }

    /** Maven runs the soak in a class loader of its own. */
    private static String classPath() {
        if (Soak.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(":"));
        }
        return System.getProperty("java.class.path");
    }

    synchronized void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        frozen = false;
    }

    /** Ends it in order; if it does not end, that is told as {@code false}, and it is killed. */
    synchronized boolean stop() throws InterruptedException {
        order("stop");
        boolean ended = process.waitFor(20, TimeUnit.SECONDS);
        kill();
        return ended;
    }

    synchronized void freeze() throws IOException, InterruptedException {
        signal("STOP");
        frozen = true;
    }

    synchronized void thaw() throws IOException, InterruptedException {
        signal("CONT");
        frozen = false;
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }

    synchronized boolean isAlive() {
        return process.isAlive();
    }

    synchronized void order(String line) {
        if (!frozen && process.isAlive()) {
            try {
                process.outputWriter().write(line + "\n");
                process.outputWriter().flush();
            } catch (IOException e) {
                // it is being killed
            }
        }
    }

    /** What it last said it needs. */
    Optional<Vitals> vitals() {
        synchronized (lives) {
            return lives.get(lives.size() - 1).last();
        }
    }

    int lives() {
        synchronized (lives) {
            return lives.size();
        }
    }

    /** The life in which it said most. */
    Life longest() {
        synchronized (lives) {
            return lives.stream().max((a, b) -> Long.compare(a.minutes, b.minutes)).orElseThrow();
        }
    }
}
