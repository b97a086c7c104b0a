package org.imsession.camel.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files of the page may not do, for what they are given is written by strangers. */
class PageFilesTest {

    private static final Path PAGE = Path.of("src/main/resources/org/imsession/camel/live/page");

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(PAGE)) {
            return files.sorted().toList();
        }
    }

    @Test
    void noTextBecomesMarkup() throws IOException {
        for (Path file : files()) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain("innerHTML", "outerHTML",
                    "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc", "javascript:");
        }
    }

    @Test
    void nothingComesFromElsewhere() throws IOException {
        for (Path file : files()) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain("http:", "https:", "@import",
                    "//cdn");
        }
    }

    @Test
    void noScriptAndNoStyleStandsInThePage() throws IOException {
        assertThat(Files.readString(PAGE.resolve("index.html"))).doesNotContainPattern("<script(?! src=)")
                .doesNotContain("<style", " style=").doesNotContainPattern("\\son[a-z]+=");
    }

    @Test
    void eachFileIsServedAndNoOther() throws IOException {
        assertThat(PageGuard.FILES).isEqualTo(Stream.concat(Stream.of("/cometd.js"), // made by the build
                files().stream().map(file -> "/" + file.getFileName())).collect(Collectors.toSet()));
    }

    /** Contrast of WCAG 2.2, AA: 4.5 for text (1.4.3), 3 for what shows where a field is, or the focus (1.4.11). */
    @ParameterizedTest
    @ValueSource(ints = { 0, 1 })
    void eachTextCanBeReadOnEachGroundByDayAndByNight(int scheme) throws IOException {
        Map<String, String> colours = found("--([a-z-]+): (#[0-9a-f]{6})", found(":root \\{([^}]*)\\}", css())
                .get(scheme).group(1)).stream().collect(Collectors.toMap(each -> each.group(1), each -> each.group(2)));
        for (String ground : List.of("ground", "sheet", "touch", "own", "other")) {
            for (String ink : List.of("ink", "soft", "good", "warn", "bad")) {
                assertThat(contrast(colours, ink, ground)).as(ink + " on " + ground).isGreaterThanOrEqualTo(4.5);
            }
            assertThat(contrast(colours, "accent", ground)).as("the focus on " + ground).isGreaterThanOrEqualTo(3);
        }
        assertThat(contrast(colours, "warn", "warn-ground")).isGreaterThanOrEqualTo(4.5);
        assertThat(contrast(colours, "sheet", "accent")).isGreaterThanOrEqualTo(4.5);
        assertThat(contrast(colours, "edge", "sheet")).as("the edge of a field").isGreaterThanOrEqualTo(3);
    }

    @Test
    void allColoursAreThoseWhoseContrastIsKnown() throws IOException {
        assertThat(found("(?<![-a-z])color: ([^;}]+)", css())).extracting(each -> each.group(1)).isSubsetOf("inherit",
                "var(--ink)", "var(--soft)", "var(--good)", "var(--warn)", "var(--bad)", "var(--sheet)");
        assertThat(found("background: ([^;}]+)", css())).extracting(each -> each.group(1)).isSubsetOf("none",
                "var(--ground)", "var(--sheet)", "var(--touch)", "var(--own)", "var(--other)", "var(--accent)",
                "var(--warn-ground)", "var(--good)", "var(--warn)", "var(--bad)"); // the last three of the dot
    }

    private static String css() throws IOException {
        return Files.readString(PAGE.resolve("page.css"));
    }

    private static List<MatchResult> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().toList();
    }

    private static double contrast(Map<String, String> colours, String one, String other) {
        double a = luminance(colours.get(one));
        double b = luminance(colours.get(other));
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        double[] weights = { 0.2126, 0.7152, 0.0722 };
        return IntStream.range(0, 3).mapToDouble(i -> {
            double value = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            return weights[i] * (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
        }).sum();
    }
}
