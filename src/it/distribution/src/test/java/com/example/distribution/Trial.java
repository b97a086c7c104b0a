package com.example.distribution;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * One use of the sample routes, with the settings files and settings that it takes, to see whether lib/ has what it needs.
 *
 * @param name     what it is
 * @param files    of settings, beside conf/application.properties
 * @param settings others, where {folder} is that of the trial and {observe} a free port
 * @param troubles what may be logged at WARN
 * @param whole    whether all has been seen that shows that it works
 * @param observed whether health, meters and JMX are looked at
 */
record Trial(String name, List<String> files, Map<String, String> settings, Pattern troubles, Predicate<Path> whole,
        boolean observed) {

    static final String PRINTED = "printed.txt";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Runs it with these jars as the class path, in a folder with links to those of the installation.
     *
     * @return what is broken, in the words of who is told; empty if all of it works
     */
    Optional<String> broken(Installation installation, List<Path> jars, Map<String, String> environment, Path folder)
            throws Exception {
        Files.createDirectories(folder);
        for (String each : List.of("conf", "lib", "routes")) {
            Files.createSymbolicLink(folder.resolve(each), installation.home().resolve(each));
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dim.observe.port=" + port, "-Dim.observe=" + observed));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", "conf:" + String.join(":", jars.stream()
                .map(each -> installation.home().relativize(each).toString()).toList()), "org.imsession.main.Start", "-pl",
                String.join(",", Stream.concat(Stream.of("conf/application.properties"), files.stream())
                        .map(each -> "file:" + each).toList())));
        try (Running routes = Running.start(folder, folder.resolve(PRINTED), folder, new HashMap<>(environment), command)) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                boolean running = !routes.ended();
                Optional<String> trouble = trouble(routes.printed(), running);
                if (trouble.isPresent()) {
                    return trouble;
                }
                if (whole.test(folder)) {
                    return observed ? unobserved(port, routes.pid()) : Optional.empty();
                }
                LockSupport.parkNanos(50_000_000);
            }
            return Optional.of("nothing is said, and not all is there after " + PATIENCE);
        }
    }

    private Optional<String> trouble(String printed, boolean running) {
        Optional<String> trouble = printed.lines().filter(each -> each.matches(".* (WARN|ERROR) .*|SLF4J\\(W\\).*|Exception in.*"))
                .filter(each -> !troubles.matcher(each).find()).findFirst();
        return trouble.isPresent() || running ? trouble : Optional.of(printed.lines().reduce("nothing", (all, each) -> each));
    }

    private static Optional<String> unobserved(int port, long pid) throws Exception {
        for (String path : List.of("/observe/health", "/observe/metrics")) {
            // events come while Camel still starts other routes, and until it has, the health is DOWN; what is not there
            // for want of a jar is told at once
            long end = System.nanoTime() + PATIENCE.toNanos();
            int status = status(port, path);
            while ((status == 503 || status == 0) && System.nanoTime() < end) {
                LockSupport.parkNanos(50_000_000);
                status = status(port, path);
            }
            if (status != 200) {
                return Optional.of(path + " answers with " + status);
            }
        }
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
        try (JMXConnector jmx = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            return jmx.getMBeanServerConnection().queryNames(new ObjectName("org.apache.camel:type=consumers,*"), null).isEmpty()
                    ? Optional.of("JMX has no consumers") : Optional.empty();
        } finally {
            machine.detach();
        }
    }

    /** 0 if there is no answer. */
    private static int status(int port, String path) throws InterruptedException {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Whether a file in a folder of the trial, or below it, has a name that ends so. */
    static boolean isIn(Path folder, String name, String ending) {
        Path in = folder.resolve(name);
        if (!Files.isDirectory(in)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(in)) {
            return files.anyMatch(each -> each.toString().endsWith(ending));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false; // it has just gone
        }
    }

    static boolean isPrinted(Path folder, String text) {
        try {
            return Files.readString(folder.resolve(PRINTED)).contains(text);
        } catch (IOException e) {
            return false;
        }
    }
}
