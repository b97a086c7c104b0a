package com.example.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Maven makes of the zip's repository, and of the profile for a release. */
class ProjectsTest {

    @TempDir
    private Path folder;
    private Path user;

    @BeforeEach
    void home() throws IOException {
        user = Files.createDirectory(folder.resolve("home"));
    }

    /** Without a network, and with an empty local repository: all else comes from that of this build. */
    @Test
    void aProjectTakesTheComponentFromTheZipsRepository() throws Exception {
        Installation installation = Installation.unpack(folder);
        Path project = copyOf("src/it/user");
        try (Running downloads = maven(project, "-q", "test", "-Dtest=ChatsWithoutServerTest")) {
            assertThat(downloads.awaitEnd()).as(downloads.printed()).isZero();
        }
        Path repository = folder.resolve("local");
        Files.writeString(folder.resolve("settings.xml"), """
                <settings>
                  <mirrors>
                    <mirror><id>build</id><mirrorOf>*,!zip</mirrorOf><url>%s</url></mirror>
                  </mirrors>
                  <profiles>
                    <profile>
                      <id>zip</id>
                      <repositories>
                        <repository><id>zip</id><url>%s</url></repository>
                      </repositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>zip</activeProfile></activeProfiles>
                </settings>
                """.formatted(Path.of(System.getProperty("local.repository")).toUri(),
                installation.home().resolve("repository").toUri()));
        try (Running test = maven(project, "-o", "-Daether.offline.protocols=file", "-s",
                folder.resolve("settings.xml").toString(), "-Dmaven.repo.local=" + repository, "test")) {
            assertThat(test.awaitEnd()).as(test.printed()).isZero();
            assertThat(test.printed()).containsPattern("Tests run: [1-9]").doesNotContain("hecksum validation failed, no "
                    + "checksums available from zip");
        }
        for (String artifact : List.of("camel-imsession", "camel-imsession-simulator")) {
            assertThat(repository.resolve("org/imsession").resolve(artifact).resolve(Installation.VERSION)
                    .resolve("_remote.repositories")).content().contains(".jar>zip=").doesNotContain(">build=");
        }
    }

    @Test
    void aReleaseIsRefusedUntilItIsSaidWhoseItIs() throws Exception {
        List<String> known = new ArrayList<>(List.of("-Prelease", "validate"));
        for (String placeholder : List.of("home.url", "home.scm", "home.developers", "home.security")) {
            try (Running refused = maven(Installation.ROOT, known.toArray(String[]::new))) {
                assertThat(refused.awaitEnd()).isNotZero();
                assertThat(refused.printed()).contains(placeholder + " is a placeholder: set it in pom.xml");
            }
            known.add("-D" + placeholder + "=somebody");
        }
        try (Running accepted = maven(Installation.ROOT, known.toArray(String[]::new))) {
            assertThat(accepted.awaitEnd()).as(accepted.printed()).isZero();
        }
    }

    private Running maven(Path project, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("maven.home"), "bin/mvn").toString(), "-B",
                "-Dmaven.repo.local=" + System.getProperty("local.repository")));
        command.addAll(List.of(arguments));
        if (String.join(" ", command).split("maven.repo.local").length > 2) {
            command.remove(2);
        }
        return Running.start(project, folder.resolve("maven.txt"), user, Map.of(), command);
    }

    private Path copyOf(String project) throws IOException {
        Path from = Installation.ROOT.resolve(project);
        Path to = folder.resolve("project");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : (Iterable<Path>) files.filter(file -> !file.startsWith(from.resolve("target")))::iterator) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
        return to;
    }
}
