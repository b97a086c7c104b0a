package com.example.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the files of the installation is true of each other. */
class ContentTest {

    /** stopTimeout of the component, which the settings leave as it is, in seconds. */
    private static final int GOODBYE = 5;

    @TempDir
    private Path folder;
    private Installation installation;

    @BeforeEach
    void unpack() throws IOException {
        installation = Installation.unpack(folder);
    }

    @Test
    void nothingForTestsIsInLib() throws IOException {
        assertThat(Installation.namesIn(installation.lib()))
                .noneMatch(each -> each.matches("(junit|assertj|awaitility|mockito|archunit|camel-test|camel-mock|jmh|greenmail).*"))
                .noneMatch(each -> each.matches("(camel-imsession-simulator|cometd-java-server|jetty-server|curator-test).*"));
    }

    /** But for what needs camel-cometd, which is not in lib: as src/dist/Content.java says. */
    @Test
    void allSampleRoutesAreThereAndNoneHasToBeCompiled() throws IOException {
        Path samples = Installation.ROOT.resolve("routes");
        try (Stream<Path> files = Files.walk(samples)) {
            assertThat(files.filter(Files::isRegularFile).map(samples::relativize).map(Path::toString)
                    .filter(each -> !each.matches(".*\\.java|application\\.properties|live/.*|cometd/.*"))).hasSizeGreaterThan(15)
                    .allSatisfy(each -> assertThat(installation.home().resolve("routes").resolve(each)).isRegularFile());
        }
        assertThat(installation.home().resolve("routes/live")).doesNotExist();
        assertThat(installation.home().resolve("routes/cometd")).doesNotExist();
        assertThat(setting(installation.read("conf/application.properties"), "camel.main.routes-include-pattern")).isNotEmpty();
        try (Stream<Path> files = Files.walk(installation.home())) {
            assertThat(files.filter(each -> each.toString().endsWith(".properties"))).hasSizeGreaterThan(6).allSatisfy(each ->
                    assertThat(each).content().doesNotContain("file:routes/application.properties").doesNotContainPattern(
                            "(?m)^[^#]*\\.java"));
        }
    }

    @Test
    void theReadmeNamesTheAdvisoriesOfWhatIsInLib() throws IOException {
        boolean old = Installation.namesIn(installation.lib()).stream()
                .anyMatch(each -> each.matches("camel-jms-4\\.(1[0-7]\\..*|18\\.[01])\\.jar"));
        assertThat(installation.read("README.md").contains("CVE-2026-40453")).isEqualTo(old);
        assertThat(installation.read("README.md")).doesNotContain("@");
    }

    /** Those of the page that src/it/pages runs as it is printed. */
    @Test
    void theReadmeHasTheCommandsThatTheManualRuns() throws IOException {
        String manual = Files.readString(Installation.ROOT.resolve("src/main/docs/runtimes.md"));
        List<String> commands = Pattern.compile("(?m)^.*\\bbin/(?:imsession|gws-simulator)\\b.*$").matcher(
                String.join("\n", Pattern.compile("(?s)```sh\n(.*?)```").matcher(installation.read("README.md")).results()
                        .map(each -> each.group(1)).toList())).results().map(MatchResult::group).toList();
        assertThat(commands).hasSizeGreaterThan(2).allSatisfy(each -> assertThat(manual).contains(each + "\n"));
    }

    /** Of our own jars the licence is LICENSE. */
    @Test
    void theThirdPartyLicencesAreThoseOfAllThatIsInLib() throws IOException {
        String licences = installation.read("THIRD-PARTY.txt");
        List<String> unnamed = Stream.concat(Installation.namesIn(installation.lib()).stream(),
                        Installation.namesIn(installation.lib().resolve("simulator")).stream())
                .filter(each -> each.endsWith(".jar")).filter(each -> !each.contains("imsession"))
                .filter(each -> {
                    var jar = Pattern.compile("(.+?)-(\\d[\\w.]*(?:-jre)?|9999.*guava)(?:-linux-x86_64)?\\.jar").matcher(each);
                    return !jar.matches() || !licences.contains(":" + jar.group(1) + ":" + jar.group(2) + " ");
                }).toList();
        assertThat(unnamed).isEmpty();
        assertThat(licences.lines().filter(each -> each.contains(" - http") || each.contains(" - no url")))
                .allMatch(each -> each.matches("\\s*\\(.+\\) .+ \\(.+:.+:.+ - .*\\)"));
    }

    /** Who kills earlier than the routes have ended makes of a stop a crash. */
    @Test
    void nobodyKillsWhatIsStillEnding() throws IOException {
        int longest = GOODBYE;
        try (Stream<Path> files = Files.walk(installation.home())) {
            longest += files.filter(each -> each.toString().endsWith(".properties")).mapToInt(each -> {
                String seconds = setting(Installation.text(each), "camel.main.shutdown-timeout");
                return seconds.isEmpty() ? 0 : Integer.parseInt(seconds);
            }).max().orElseThrow();
        }
        assertThat(longest).isGreaterThan(GOODBYE);
        String unit = installation.read("systemd/imsession.service");
        assertThat(Integer.parseInt(setting(unit, "TimeoutStopSec"))).isGreaterThanOrEqualTo(2 * longest);
        var docker = Pattern.compile("docker (?:run|stop) .*--(?:stop-timeout|time)[ =](\\d+)").matcher(installation.read("Dockerfile"));
        assertThat(docker.find()).isTrue();
        assertThat(Integer.parseInt(docker.group(1))).isGreaterThanOrEqualTo(2 * longest);
    }

    @Test
    void systemdTakesTheUnit() throws Exception {
        Path unit = folder.resolve("imsession.service");
        Files.writeString(unit, installation.read("systemd/imsession.service")
                .replace("/opt/camel-imsession/bin/imsession", "/bin/sh"));
        try (Running verify = Running.start(folder, folder.resolve("verify.txt"), folder, Map.of(),
                List.of("systemd-analyze", "verify", unit.toString()))) {
            assertThat(verify.awaitEnd()).as(verify.printed()).isZero();
            assertThat(verify.printed()).doesNotContain("imsession.service");
        }
    }

    /** The rules of the manual's Windows lines, as far as they are those of a file. */
    @Test
    void eachCommandHasOneForWindows() throws IOException {
        Set<String> all = Installation.namesIn(installation.home().resolve("bin"));
        List<String> commands = all.stream().filter(each -> !each.contains(".")).toList();
        assertThat(commands).contains("imsession", "gws-simulator").allSatisfy(each -> {
            assertThat(all).contains(each + ".cmd");
            assertThat(installation.read("README.md")).contains("`" + each + "`");
            assertThat(installation.read("bin/" + each + ".cmd")).startsWith("@echo off\r\n").doesNotContainPattern("[^\r]\n")
                    .doesNotContainPattern("\\$\\w|\\$\\{|\\bexport\\b|'|\\\\\r\n|-cp \"?[^\" ]*:");
        });
    }

    private static String setting(String text, String name) {
        var line = Pattern.compile("(?m)^" + Pattern.quote(name) + " *= *(.*)$").matcher(text);
        return line.find() ? line.group(1).strip() : "";
    }
}
