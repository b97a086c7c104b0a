package org.imsession.camel.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.imsession.camel.crash.ChildJvm;
import org.imsession.simulator.GwsServer;

/** A machine: a JVM with Camel Main, the sample routes, and the settings of a cluster as they are in {@code routes}. */
final class Node implements AutoCloseable {

    private final String name;
    private final Path folder;
    private final Process process;

    private Node(String name, Path folder, Process process) {
        this.name = name;
        this.folder = folder;
        this.process = process;
    }

    /**
     * @param shared     the folder that all nodes have in common
     * @param cluster    which settings
     * @param properties more properties, which win
     */
    static Node start(String name, Path shared, GwsServer gws, Cluster cluster, Map<String, String> properties)
            throws IOException {
        return start(name, shared, gws, cluster, properties, List.of());
    }

    /** The same with lines of a properties file that say more. */
    static Node start(String name, Path shared, GwsServer gws, Cluster cluster, Map<String, String> properties,
                      List<String> lines) throws IOException {
        Path own = Files.writeString(shared.resolve(name + ".properties"), """
                camel.beans.journal = #class:%s
                camel.beans.journal.folder = %s
                camel.beans.journal.node = %s
                """.formatted(Journals.class.getName(), shared, name) + String.join("\n", lines));
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "camel.main.routes-include-pattern", "file:routes/xml/split.xml{{im.cluster-routes:}}",
                "im.observe", "false", // the machines of a test are one, with one port of that number
                "im.state-dir", shared.resolve("sessions").toString(),
                "im.cluster-dir", shared.resolve("cluster").toString(),
                "im.to.messages", "bean:journal?method=note",
                "im.to.state-changes", "bean:journal?method=note",
                "im.to.unknown", "bean:journal?method=note"));
        all.putAll(properties);
        List<String> options = new ArrayList<>(List.of("-Dorg.slf4j.simpleLogger.log.org.apache.camel=info"));
        all.forEach((key, value) -> options.add("-D" + key + "=" + value));
        ProcessBuilder jvm = ChildJvm.with(
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), options,
                Main.class.getName(), "-pl",
                "file:routes/application.properties,file:" + cluster.settings() + ",file:" + own);
        jvm.environment().putAll(Map.of("IMSESSION_SERVER", gws.url(), "IMSESSION_USER", "alice",
                "IMSESSION_PASSWORD", "secret", "IMSESSION_ZOOKEEPER", cluster.address(), "HOSTNAME", name));
        jvm.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(shared.resolve(name + ".log").toFile()));
        return new Node(name, shared, jvm.start());
    }

    String name() {
        return name;
    }

    /** Waits until it is ready to take over. */
    void awaitStarted() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError(name + " ended by itself: " + log());
            }
            return log().contains(" started in ");
        });
    }

    /** Pulls the plug. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets it stand still, until {@link #thaw()}. */
    void freeze() throws Exception {
        ChildJvm.freeze(process);
    }

    void thaw() throws Exception {
        ChildJvm.thaw(process);
    }

    /** Stops it as an operator does. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not stop: " + log());
        }
    }

    String log() {
        try {
            return Files.readString(folder.resolve(name + ".log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
