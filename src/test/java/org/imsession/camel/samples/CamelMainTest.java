package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.imsession.camel.crash.ChildJvm;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The layout that the manual describes: jars in lib, route files in routes, application.properties, and a JDK. */
class CamelMainTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;

    @Test
    void aFolderOfJarsAFolderOfRoutesAndAFileOfPropertiesAreAnApplication() throws Exception {
        fillLib();
        copy(Path.of("routes"), folder.resolve("routes"));
        Files.copy(Path.of("routes/application.properties"), folder.resolve("application.properties"));
        ProcessBuilder main = ChildJvm.with("." + File.pathSeparator + "lib/*", List.of("-Dim.observe=false"),
                "org.apache.camel.main.Main").directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        main.environment().put("IMSESSION_SERVER", gws.url());
        main.environment().put("IMSESSION_USER", "alice");
        main.environment().put("IMSESSION_PASSWORD", "secret");
        Process process = main.start();
        try {
            assertThat(gws.agent("alice").awaitSubscribed(Duration.ofSeconds(60))).as(this::log).isTrue();
            gws.agent("alice").session().says("Hello");
            await().atMost(Duration.ofSeconds(60)).until(() -> written().anyMatch(text -> text.contains("Hello")));
            process.destroy();
            assertThat(process.waitFor()).as("stopped by SIGTERM: " + log()).isEqualTo(143);
            assertThat(log()).contains("STOPPING -> STOPPED: stopped by the route");
        } finally {
            process.destroyForcibly().waitFor();
            dropLinks();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)));
            }
        }
    }

    /** Else JUnit warns of each. */
    private void dropLinks() throws IOException {
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            for (Path link : jars.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    /** What {@code mvn package dependency:copy-dependencies} would put there. */
    private void fillLib() throws IOException {
        Path lib = Files.createDirectory(folder.resolve("lib"));
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            String name = jar.getFileName().toString();
            if (name.endsWith(".jar")) {
                Files.createSymbolicLink(lib.resolve(name), jar.toAbsolutePath());
            }
        }
        int status = ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create", "--file",
                lib.resolve("camel-imsession.jar").toString(), "-C", "target/classes", ".");
        assertThat(status).isZero();
    }

    private Stream<String> written() throws IOException {
        Path files = folder.resolve("data/im");
        if (!Files.exists(files)) {
            return Stream.empty();
        }
        try (Stream<Path> walk = Files.walk(files)) {
            return walk.filter(Files::isRegularFile).map(CamelMainTest::read).toList().stream();
        }
    }

    private String log() {
        return read(folder.resolve("log"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
