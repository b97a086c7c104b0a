package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imsession.camel.pages.Page;
import org.junit.jupiter.api.Test;

/** Each sentence of the page Security is held by a test that is named for it in security-promises.txt, or is no promise. */
class SecurityPromisesTest {

    private static final Path LIST = Path.of("src/test/resources/security-promises.txt");

    @Test
    void eachSentenceHasItsTests() throws IOException {
        Map<String, String> promises = promises();
        List<String> unused = new ArrayList<>(promises.keySet());
        List<String> sentences = sentences();
        assertThat(sentences).hasSizeGreaterThan(40);
        assertThat(sentences).allSatisfy(sentence -> {
            List<String> beginnings = promises.keySet().stream().filter(sentence::startsWith).toList();
            assertThat(beginnings).as(sentence).hasSize(1);
            unused.removeAll(beginnings);
        });
        assertThat(unused).as("sentences that are gone").isEmpty();
    }

    @Test
    void eachTestIsThere() throws IOException {
        Set<String> classes;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            classes = files.map(each -> each.getFileName().toString()).filter(each -> each.endsWith("Test.java"))
                    .map(each -> each.replace(".java", "")).collect(Collectors.toSet());
        }
        assertThat(promises()).allSatisfy((sentence, tests) -> {
            if (!tests.matches("(fact|advice): .+")) {
                assertThat(tests.split(" ")).as(sentence).isNotEmpty().allMatch(classes::contains);
            }
        });
    }

    private static Map<String, String> promises() throws IOException {
        Map<String, String> promises = new LinkedHashMap<>();
        for (String line : Files.readAllLines(LIST)) {
            if (!line.startsWith("#")) {
                String[] parts = line.split(" \\| ");
                assertThat(parts).as(line).hasSize(2);
                assertThat(promises.put(parts[0], parts[1])).as("twice: " + parts[0]).isNull();
            }
        }
        return promises;
    }

    /** Without the heads of the paragraphs; parted where a full stop or a semicolon is. */
    private static List<String> sentences() throws IOException {
        String text = Page.manual("security").section("What is done, and what is yours")
                .replaceAll("(?m)^- \\*\\*.*?\\*\\*( \\(POSIX\\)\\.)?", "")
                .replaceAll("\\s+", " ");
        return Arrays.stream(text.strip().split("(?<=[.;]) ")).toList();
    }
}
