package org.imsession.camel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a benchmark shows can be run again as it was, and takes the place of what was shown before. */
class TableTest {

    private static final String OPTION = "bench.test.option";

    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(OPTION);
    }

    @Test
    void theCommandOfATableHasTheOptionsThatItWasRunWith() {
        System.setProperty(OPTION, "1,2");
        assertThat(new Table("speed", "events", "ours").row("1", "2.0").note("Medians of 5 turns.").markdown())
                .startsWith("| events | ours |\n| --- | ---: |\n| 1 | 2.0 |\n\n")
                .contains("`mvn -q -Pbench test-compile exec:java -Dbench=speed -D" + OPTION + "=1,2`")
                .contains(" cores").contains("JDK " + Runtime.version()).endsWith("Medians of 5 turns.\n");
    }

    @Test
    void onlyTheTablesThatWereMeasuredAreReplaced() throws Exception {
        Path readme = Files.writeString(folder.resolve("README.md"), """
                before
                <!-- bench:one -->
                old $1 \\ one
                <!-- bench -->
                between
                <!-- bench:two -->
                old two
                <!-- bench -->
                behind
                """);
        Files.writeString(folder.resolve("one.md"), "new $1 \\ one\n");
        ReadmeTables.paste(readme, folder);
        assertThat(readme).hasContent("""
                before
                <!-- bench:one -->
                new $1 \\ one
                <!-- bench -->
                between
                <!-- bench:two -->
                old two
                <!-- bench -->
                behind
                """);
    }
}
