package org.imsession.camel.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.imsession.simulator.GwsServer;

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

    /** Started, with alice subscribed; the properties replace those of {@code routes/application.properties}. */
    static SampleRoutes start(GwsServer gws, Path folder, Map<String, String> properties) throws Exception {
        SampleRoutes routes = new SampleRoutes(folder);
        Main main = routes.main;
        main.setPropertyPlaceholderLocations("file:routes/application.properties");
        main.addOverrideProperty("im.server", gws.url());
        main.addOverrideProperty("camel.route-template[im-agent].agent", "alice");
        main.addOverrideProperty("camel.route-template[im-agent].password", "secret");
        main.addOverrideProperty("im.file.dir", folder.resolve("im").toString());
        main.addOverrideProperty("im.jms.data-dir", folder.resolve("broker").toString());
        main.addOverrideProperty("im.http.dead-letter-dir", folder.resolve("dead-letter").toString());
        properties.forEach(main::addOverrideProperty);
        main.start();
        if (!gws.agent("alice").awaitSubscribers(1, PATIENCE)) {
            routes.close();
            throw new AssertionError("the routes have not subscribed");
        }
        return routes;
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
