package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.main.Main;
import org.awaitility.core.ConditionTimeoutException;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.record.Step;

/**
 * The folder {@code routes} as Camel Main runs it, unchanged, for the agent alice of a simulator. Everything that the
 * routes write goes below a folder of the test.
 */
final class SampleRoutes implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Main main = new Main();
    private final Path folder;

    private SampleRoutes(Path folder) {
        this.folder = folder;
    }

    /** For a server of the routes: none of those says which port it took when it is told to take any. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Started, and whatever becomes of alice's feed; the properties replace those of the file. */
    static SampleRoutes begin(GwsServer gws, Path folder, Map<String, String> properties) throws Exception {
        return begin(gws, folder, "file:routes/application.properties", properties);
    }

    /** The same with more files of settings, separated by commas. */
    static SampleRoutes begin(GwsServer gws, Path folder, String settings, Map<String, String> properties)
            throws Exception {
        return begin(gws.url(), folder, settings, properties);
    }

    static SampleRoutes begin(String url, Path folder, String settings, Map<String, String> properties)
            throws Exception {
        SampleRoutes routes = new SampleRoutes(folder);
        Main main = routes.main;
        main.setPropertyPlaceholderLocations(settings);
        main.addOverrideProperty("im.server", url);
        main.addOverrideProperty("camel.route-template[im-agent].agent", "alice");
        main.addOverrideProperty("im.password", "secret");
        main.addOverrideProperty("im.observe", "false"); // its port may be another's, its jars are not of all versions
        main.addOverrideProperty("im.state-dir", folder.resolve("sessions").toString());
        main.addOverrideProperty("im.file.dir", folder.resolve("im").toString());
        main.addOverrideProperty("im.jms.data-dir", folder.resolve("broker").toString());
        main.addOverrideProperty("im.conversations.dir", folder.resolve("conversations").toString());
        main.addOverrideProperty("im.http.dead-letter-dir", folder.resolve("dead-letter").toString());
        properties.forEach(main::addOverrideProperty);
        main.start();
        return routes;
    }

    /** Started, with alice followed; the properties replace those of {@code routes/application.properties}. */
    static SampleRoutes start(GwsServer gws, Path folder, Map<String, String> properties) throws Exception {
        return start(gws, folder, "file:routes/application.properties", properties);
    }

    /** The same with more files of settings, separated by commas. */
    static SampleRoutes start(GwsServer gws, Path folder, String settings, Map<String, String> properties)
            throws Exception {
        SampleRoutes routes = begin(gws, folder, settings, properties);
        try {
            assertThat(gws.awaitRequest(Step.SNAPSHOT, 1, PATIENCE)).isTrue();
            await().atMost(PATIENCE).until(routes::resynchronised);
        } catch (AssertionError | ConditionTimeoutException e) {
            routes.close();
            throw e;
        }
        return routes;
    }

    /** Whether the feed is live and has read which sessions there are, so that none is told of twice later on. */
    private boolean resynchronised() {
        return HealthCheckHelper.invokeReadiness(context(), "full").stream()
                .filter(result -> result.getCheck().getId().contains("im-agent"))
                .anyMatch(result -> result.getState() == HealthCheck.State.UP
                        && Boolean.TRUE.equals(result.getDetails().get("resynchronised")));
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** Where the file sink writes. */
    Path files() {
        return folder.resolve("im");
    }

    /** The lines of a file below {@link #files()}, none if there is no such file. */
    List<String> lines(String name) {
        return linesOf(files().resolve(name));
    }

    /** The lines that the HTTP sinks gave up on. */
    List<String> deadLetters(String name) {
        return linesOf(folder.resolve("dead-letter").resolve(name));
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files below {@link #files()}, as relative paths with slashes. */
    List<String> allFiles() throws IOException {
        if (!Files.exists(files())) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(files())) {
            return walk.filter(Files::isRegularFile).map(file -> files().relativize(file).toString().replace('\\', '/'))
                    .sorted().toList();
        }
    }

    @Override
    public void close() {
        main.stop();
    }
}
