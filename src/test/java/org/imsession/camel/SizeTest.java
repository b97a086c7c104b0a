package org.imsession.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file can be read in one go, and the room that keeps the contract stays small. */
class SizeTest {

    private static final int MOST_LINES = 350;
    private static final int MOST_LINES_OF_THE_FEED = 3_300;
    private static final Path FEED = Path.of("src/main/java/org/imsession/camel/feed");
    /** The options stand together, each a field with its documentation. */
    private static final Set<String> EXCEPT = Set.of("IMSessionConfiguration.java");

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "main", "simulator", "bench", "test" })
    void noFileIsLongerThanCanBeReadInOneGo(String sources) throws IOException {
        List<Path> files = files(Path.of("src", sources, "java"));
        assertThat(files).isNotEmpty();
        assertThat(files.stream().filter(file -> !EXCEPT.contains(file.getFileName().toString()))
                .filter(file -> lines(file) > MOST_LINES)).isEmpty();
    }

    @Test
    void theFeedStaysSmall() throws IOException {
        assertThat(files(FEED).stream().mapToInt(SizeTest::lines).sum()).isLessThanOrEqualTo(MOST_LINES_OF_THE_FEED);
    }
}
