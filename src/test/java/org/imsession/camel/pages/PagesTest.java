package org.imsession.camel.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages hang together, name what there is, and say what they have to. */
class PagesTest {

    private static final int LONGEST_README = 250;
    private static final int MOST_EXCEPTIONS = 12;
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)\\s]*)\\)");
    private static final Pattern FOLLOWS = Pattern.compile("from\\(\"imsession:|from:?\\s[^>]*imsession:");
    /** What others say: Maven, Camel, the JVM. */
    private static final Set<String> OTHERS = Set.of("Could not find artifact", "Cannot advice route as route with id",
            "does not exist", "NoSuchMethodError", "in use by another process", "in use by another application",
            "returned null value which is not allowed");

    static List<Page> linked() {
        List<Page> pages = new ArrayList<>(Page.all());
        Stream.of("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "src/it/README.md").map(Path::of).map(Page::of)
                .forEach(pages::add);
        return pages;
    }

    @ParameterizedTest
    @MethodSource("linked")
    void everyLinkLeadsSomewhere(Page page) {
        Path folder = page.path().toAbsolutePath().getParent();
        List<String> astray = LINK.matcher(page.prose()).results().map(each -> each.group(1)).filter(link -> {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page.path() : folder.resolve(parts[0]).normalize();
            return !Files.exists(target) || parts.length == 2 && !Page.of(target).anchors().contains(parts[1]);
        }).toList();
        assertThat(astray).isEmpty();
    }

    @Test
    void aReaderComesToEveryPageFromTheReadme() {
        assertThat(Page.all().stream().skip(1)).hasSizeGreaterThan(10)
                .allSatisfy(page -> assertThat(Page.readme().text()).contains("](" + page + ")"));
    }

    @Test
    void theReadmeIsShort() {
        assertThat(Page.readme().text().lines()).hasSizeLessThanOrEqualTo(LONGEST_README);
    }

    /** Who is new wants neither tables of benchmarks nor classes of tests. */
    @Test
    void whatIsForJudgesStandsOnTheLastPages() {
        for (Page page : Page.all()) {
            String name = page.path().getFileName().toString();
            if (!name.matches("(performance|proof)\\.md")) {
                assertThat(page.text()).as(name).doesNotContain("<!-- bench:", "tests run | failed");
            }
            if (!name.matches("(performance|proof|guarantee|testing)\\.md")) {
                assertThat(page.prose()).as(name).doesNotContain("Test.java)");
            }
        }
    }

    /** Who copies a route has no sink yet, or a wrong one. */
    @Test
    void noRouteOfTheFirstPagesLosesATextWhenItsSinkIsMissing() {
        List<Snippet> following = Stream.of(Page.readme(), Page.manual("recipes"))
                .flatMap(page -> page.snippets().stream()).filter(each -> each.language().matches("java|xml|yaml"))
                .filter(each -> FOLLOWS.matcher(each.code()).find()).toList();
        assertThat(following).hasSizeGreaterThan(7)
                .allSatisfy(each -> assertThat(each.code()).as(each.toString())
                        .containsPattern("ackFailed(=|: )false"));
    }

    /** They are printed by heart, for nobody has run them. */
    @Test
    void windowsLinesAreThoseOfWindows() {
        List<Snippet> windows = Page.all().stream().flatMap(page -> page.snippets().stream())
                .filter(each -> each.language().equals("bat")).toList();
        assertThat(windows).hasSizeGreaterThan(2).allSatisfy(each -> {
            assertThat(foreignToWindows(each.code())).as(each.toString()).isEmpty();
            String[] before = each.page().text().split("\\n");
            assertThat(before[each.line() - 4]).as(each.toString()).isEqualTo("Windows (not run here):");
        });
    }

    /** Only there a backslash does not go on with a line. */
    @Test
    void aCommandOfMavenOfSeveralLinesIsThereAsALineForWindows() {
        for (Page page : Page.all()) {
            List<String> windows = page.snippets().stream().filter(each -> each.language().equals("bat"))
                    .flatMap(each -> each.code().lines()).toList();
            List<String> commands = page.snippets().stream().filter(each -> each.language().equals("sh"))
                    .flatMap(each -> results("(?m)^(mvn (?:.*\\\\\\n)+.*)$", each.code()).stream())
                    .map(each -> each.replaceAll("\\s*\\\\\\n\\s*", " ")).toList();
            assertThat(windows).as(page.toString()).containsAll(commands);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "java -cp lib/*:. Main", "echo $HOME", "export A=b", "java -cp 'lib/*' Main",
            "mvn test \\\n  -q", "java -cp .:lib/* Main" })
    void aLineOfAnotherSystemIsFound(String line) {
        assertThat(foreignToWindows(line + "\n")).isNotEmpty();
    }

    private static List<String> foreignToWindows(String code) {
        return Pattern.compile("\\$\\w|\\$\\{|\\bexport\\b|'|\\\\$|-cp \"?[^\" ]*:", Pattern.MULTILINE).matcher(code)
                .results().map(MatchResult::group).toList();
    }

    @Test
    void thePagesNameTheVersionOfThePom() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = first(pom, "<artifactId>camel-imsession</artifactId>\\s*<version>([^<]+)<");
        String camel = first(pom, "<camel.version>([^<]+)<");
        List<String> named = results("camel-imsession(?:-simulator)?"
                        + "(?:</artifactId>\\s*<version>|:|-|/)(\\d[\\w.-]*?)(?=[<,/`\\s]|\\.jar|-bin)",
                Page.allText() + read(Path.of("src/it/README.md")));
        assertThat(named).hasSizeGreaterThan(5).containsOnly(version);
        assertThat(results("<groupId>org.apache.camel</groupId>\\s*<artifactId>[\\w-]+</artifactId>\\s*"
                + "<version>([^<]+)<",
                Page.allText())).hasSizeGreaterThan(2).containsOnly(camel);
    }

    @Test
    void theProjectsOfUsersAndTheChangesNameTheVersionOfThePom() throws IOException {
        String version = first(read(Path.of("pom.xml")),
                "<artifactId>camel-imsession</artifactId>\\s*<version>([^<]+)<");
        assertThat(first(read(Path.of("CHANGELOG.md")), "(?m)^## \\[([^\\]]+)]")).isEqualTo(version);
        try (Stream<Path> files = Files.walk(Path.of("src/it"))) {
            assertThat(files.filter(each -> each.endsWith("pom.xml")).flatMap(each -> results(
                    "<imsession.version>([^<$]+)<", read(each)).stream()))
                    .hasSizeGreaterThan(9).containsOnly(version);
        }
    }

    /** What the published poms bring, or serve if it is there; tests and the host bring the rest. */
    @Test
    void theNoticeNamesWhatTheJarsNeed() {
        String notice = read(Path.of("NOTICE"));
        for (String pom : List.of("pom.xml", "src/simulator/published/pom.xml")) {
            String managed = "(?s)<dependencyManagement>.*?</dependencyManagement>|<build>.*";
            String own = read(Path.of(pom)).replaceAll(managed, "");
            List<String> groups = results("(?s)<dependency>(.*?)</dependency>", own).stream()
                    .filter(each -> !each.matches("(?s).*<scope>(test|provided)</scope>.*"))
                    .map(each -> first(each, "<groupId>([^<]+)<")).distinct().toList();
            assertThat(groups).as(pom).hasSizeGreaterThan(3)
                    .allSatisfy(group -> assertThat(notice).containsPattern("[(, ]" + Pattern.quote(group) + "[), ]"));
        }
    }

    /** Of src/it/pages, which runs the shell blocks. */
    @Test
    void eachNoteOnAShellBlockIsOnOneAndFewAreNotRun() throws IOException {
        List<String[]> notes = Files.readAllLines(Path.of("src/it/pages/blocks.txt")).stream()
                .map(each -> each.split(" \\| ")).filter(each -> each.length == 4 && !each[0].startsWith("#")).toList();
        List<Page> pages = linked();
        assertThat(notes).hasSizeGreaterThan(10).allSatisfy(note -> assertThat(pages.stream()
                .filter(page -> page.path().getFileName().toString().equals(note[0]))
                .flatMap(page -> page.snippets().stream()).filter(each -> each.language().matches("sh|karaf"))
                .filter(each -> each.firstLine().equals(note[1]))).as(String.join(" | ", note)).isNotEmpty());
        assertThat(notes.stream().filter(note -> note[2].equals("except"))).hasSizeLessThanOrEqualTo(MOST_EXCEPTIONS);
    }

    @Test
    void everyPageWithAShellBlockIsRun() throws IOException {
        String run = Files.readString(Path.of("src/it/pages/blocks.txt"));
        assertThat(Stream.concat(Page.all().stream(), Stream.of(Page.of(Path.of("CONTRIBUTING.md"))))
                .filter(page -> page.snippets().stream().anyMatch(each -> each.language().equals("sh"))))
                .hasSizeGreaterThan(5).allSatisfy(page -> assertThat(run).contains("\npage " + page));
    }

    @Test
    void everyClassThatIsNamedIsThere() {
        assertThat(new TreeSet<>(results("\\b(org\\.imsession\\.[a-z.]+\\.[A-Z]\\w+)", Page.allText())))
                .hasSizeGreaterThan(5).allSatisfy(name -> Class.forName(name, false, PagesTest.class.getClassLoader()));
    }

    @Test
    void everyLogCodeHasItsRemedyAndNoOtherIsNamed() {
        Set<String> logged = new TreeSet<>(results("\"(IMS-\\d{3}) ", sources()));
        List<MatchResult> rows = Pattern.compile("(?m)^\\| `(IMS-\\d{3})` \\| (.+) \\| (.+) \\|$")
                .matcher(Page.manual("operating").section("Log codes")).results().toList();
        assertThat(rows).extracting(row -> row.group(1)).containsExactlyElementsOf(logged);
        assertThat(rows).allSatisfy(row -> assertThat(row.group(3)).hasSizeGreaterThan(10));
        assertThat(new TreeSet<>(results("(IMS-\\d{3})", Page.allText()))).isSubsetOf(logged);
    }

    /** Who searches the page for what was logged finds it. */
    @Test
    void troubleshootingQuotesWhatIsSaid() {
        String said = sources().replaceAll("\"\\s*\\+\\s*\"", "").replaceAll("\\\\\"", "\"");
        List<String> quoted = results("(?m)^\\| (`.+?`)+ (?:\\(.*\\) )?\\|", Page.manual("troubleshooting").text())
                .stream().flatMap(cell -> Arrays.stream(cell.split("`|\\.\\.\\.|[:;?]")))
                .map(String::strip).filter(each -> each.length() > 8).toList();
        assertThat(quoted).hasSizeGreaterThan(20);
        assertThat(quoted.stream().filter(each -> !said.contains(each) && OTHERS.stream().noneMatch(each::startsWith)))
                .isEmpty();
    }

    private static String first(String text, String pattern) {
        return results(pattern, text).get(0);
    }

    private static List<String> results(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(each -> each.group(1)).toList();
    }

    private static String sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(each -> each.toString().endsWith(".java")).map(PagesTest::read)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
