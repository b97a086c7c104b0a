package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.imsession.camel.pages.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing in the class path of the build is of a version with a known fault, as far as {@code advisories.txt} knows. */
class KnownAdvisoriesTest {

    private static final Pattern LINE = Pattern.compile("(\\S+):(\\S+)\\s+(\\S+)\\s+(\\S.*)");
    private static final Pattern ACCEPTED = Pattern.compile("accepted\\s+(\\S+)\\s+([A-Z]+-[0-9A-Za-z-]+)\\s+\\S.*");
    /** A local repository is folders of the group, the artifact and the version. */
    private static final Pattern JAR = Pattern.compile("(.*)/([^/]+)/([^/]+)/\\2-\\3[^/]*\\.jar");
    private static final Pattern PROPERTY = Pattern.compile("<(jetty|activemq)\\.version>([^<$]+)<");

    private record Advisory(String group, String artifact, String mended, String name) {

        boolean concerns(Artifact other) {
            return other.groupFolder().endsWith("/" + group.replace('.', '/'))
                    && (artifact.equals("*") || artifact.equals(other.name()))
                    && Version.parse(other.version()).compareTo(Version.parse(mended)) < 0;
        }
    }

    private record Artifact(String groupFolder, String name, String version) {
    }

    @Test
    void nothingInTheClassPathHasAKnownAdvisory() throws Exception {
        assertThat(advisories()).hasSizeGreaterThan(10);
        assertThat(classPath()).extracting(Artifact::name).contains("jetty-client", "jackson-databind", "camel-support");
        assertThat(findings(classPath().stream()).filter(each -> !accepted(each))).isEmpty();
    }

    @Test
    void whatIsAcceptedIsStillThere() throws Exception {
        List<String> found = findings(classPath().stream()).toList();
        assertThat(lines().filter(each -> each.startsWith("accepted"))).isNotEmpty().allSatisfy(each -> {
            Matcher accepted = ACCEPTED.matcher(each);
            assertThat(accepted.matches()).as(each).isTrue();
            assertThat(found).anyMatch(finding -> isAbout(finding, accepted));
        });
    }

    /** A user who does not build has the pages only. */
    @Test
    void thePagesSayWhereWhatIsAcceptedIsMended() throws Exception {
        String pages = Page.allText();
        assertThat(lines().filter(each -> each.startsWith("accepted"))).allSatisfy(each -> {
            Matcher accepted = ACCEPTED.matcher(each);
            assertThat(accepted.matches()).isTrue();
            assertThat(pages).contains(accepted.group(2));
            assertThat(advisories()).filteredOn(advisory -> advisory.name().startsWith(accepted.group(2)))
                    .isNotEmpty().allSatisfy(advisory -> assertThat(pages).contains(advisory.mended()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "org.eclipse.jetty:jetty-http:12.1.5", "org.apache.activemq:activemq-client:6.2.0",
            "com.fasterxml.jackson.core:jackson-databind:2.19.4", "org.apache.zookeeper:zookeeper:3.9.4",
            "io.netty:netty-handler:4.1.119.Final", "org.eclipse.jetty:jetty-http:12.1.11",
            "com.fasterxml.jackson.core:jackson-databind:2.22.1" })
    void aVersionThatWasUsedBeforeIsFound(String before) throws Exception {
        String[] parts = before.split(":");
        assertThat(findings(Stream.of(new Artifact("/repository/" + parts[0].replace('.', '/'), parts[1], parts[2]))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "org.eclipse.jetty:jetty-http:12.1.14", "org.eclipse.jetty:jetty-http:12.2.0",
            "org.eclipse.jetty.other:jetty-http:12.1.5", "com.fasterxml.jackson.core:jackson-databind:2.22.10" })
    void aLaterVersionAndAnotherGroupAreNot(String other) throws Exception {
        String[] parts = other.split(":");
        assertThat(findings(Stream.of(new Artifact("/repository/" + parts[0].replace('.', '/'), parts[1], parts[2]))))
                .isEmpty();
    }

    /** Most name none, since what they need brings its own. */
    @Test
    void theProjectsOfUsersNameTheVersionsOfTheBuild() throws Exception {
        String built = Files.readString(Path.of("pom.xml"));
        List<String> named = new ArrayList<>();
        for (String project : List.of("src/it/user", "src/it/camel-cli", "src/it/bridge/camel-main", "src/it/karaf")) {
            PROPERTY.matcher(Files.readString(Path.of(project, "pom.xml"))).results().map(MatchResult::group)
                    .forEach(named::add);
        }
        assertThat(named).isNotEmpty().allSatisfy(each -> assertThat(built).contains(each));
    }

    @Test
    void thePagesNameTheBrokerOfTheBuild() throws Exception {
        Matcher broker = Pattern.compile("<activemq.version>([^<]+)<").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(broker.find()).isTrue();
        assertThat(Pattern.compile("activemq-(?:broker|kahadb-store):([0-9.]+)")
                .matcher(Page.allText()).results()).isNotEmpty()
                .allSatisfy(each -> assertThat(each.group(1)).isEqualTo(broker.group(1)));
    }

    private static Stream<String> findings(Stream<Artifact> artifacts) throws IOException {
        List<Advisory> advisories = advisories();
        return artifacts.flatMap(each -> advisories.stream().filter(advisory -> advisory.concerns(each))
                .map(advisory -> advisory.group() + ":" + each.name() + " " + each.version() + ": " + advisory.name()
                        + ", mended in " + advisory.mended()));
    }

    private static boolean accepted(String finding) {
        return lines().map(ACCEPTED::matcher).filter(Matcher::matches).anyMatch(each -> isAbout(finding, each));
    }

    private static boolean isAbout(String finding, Matcher accepted) {
        return finding.startsWith(accepted.group(1) + " ") && finding.contains(accepted.group(2));
    }

    private static List<Advisory> advisories() {
        return lines().filter(each -> !each.startsWith("accepted")).map(each -> {
            Matcher line = LINE.matcher(each);
            assertThat(line.matches()).as(each).isTrue();
            return new Advisory(line.group(1), line.group(2), line.group(3), line.group(4));
        }).toList();
    }

    private static Stream<String> lines() {
        try (InputStream in = KnownAdvisoriesTest.class.getResourceAsStream("/advisories.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(each -> !each.isBlank() && !each.startsWith("#"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Artifact> classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                .map(each -> JAR.matcher(each.replace(File.separatorChar, '/'))).filter(Matcher::matches)
                .map(each -> new Artifact(each.group(1), each.group(2), each.group(3))).toList();
    }
}
