package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Camel itself logs of a password at DEBUG and TRACE (the page Security): a process of Camel Main for each way of
 * giving one, from its start to its stop.
 */
class CamelDebugTest {

    private static final String SECRET = "pw-4f9c2a";

    @TempDir
    Path folder;

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.argumentSet("passwordFile", "debug", "passwordFile=FILE", "", false),
                Arguments.argumentSet("passwordFile at TRACE", "trace", "passwordFile=FILE", "", false),
                Arguments.argumentSet("agents", "debug", "agents=file:AGENTS", "", false),
                Arguments.argumentSet("agents at TRACE", "trace", "agents=file:AGENTS", "", false),
                Arguments.argumentSet("bean", "debug", "credentials=#vault", "", false),
                Arguments.argumentSet("bean at TRACE", "trace", "credentials=#vault", "", false),
                Arguments.argumentSet("#property:", "debug", "password=#property:alice.password", "alice.password", true),
                Arguments.argumentSet("{{}}", "debug", "password={{alice.password}}", "alice.password", true),
                Arguments.argumentSet("component", "debug", "keepAlive=4000",
                        "camel.component.imsession.configuration.password", true),
                Arguments.argumentSet("in the address", "debug", "password=" + SECRET, "", true),
                Arguments.argumentSet("#property: at INFO", "info", "password=#property:alice.password",
                        "alice.password", false),
                Arguments.argumentSet("in the address at INFO", "info", "password=" + SECRET, "", false));
    }

    /** What the page says to be shown is shown, too: a Camel that no longer does deserves a kinder sentence. */
    @ParameterizedTest
    @MethodSource("ways")
    void saysAPasswordThatIsAPropertyOrInAnAddressAndNoOther(String level, String options, String property,
            boolean shown) throws Exception {
        List<String> lines = lines(level, options, property);
        assertThat(lines).anyMatch(line -> line.contains(level.toUpperCase(Locale.ROOT) + " org.apache.camel"));
        List<String> telling = lines.stream().filter(line -> line.contains(SECRET)).toList();
        if (shown) {
            assertThat(telling).isNotEmpty().allMatch(line -> line.contains("DEBUG org.apache.camel"));
        } else {
            assertThat(telling).isEmpty();
        }
    }

    private List<String> lines(String level, String options, String property) throws Exception {
        String act = options.startsWith("agents") ? "credentials=#vault" : options; // a team cannot act
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info", "-Dorg.slf4j.simpleLogger.showShortLogName=false",
                "-Dorg.slf4j.simpleLogger.log.org.apache.camel=" + level,
                "-Dorg.slf4j.simpleLogger.logFile=" + log, DebuggedMain.class.getName(), SECRET,
                withFiles(options), withFiles(act)));
        if (!property.isEmpty()) {
            command.addAll(List.of(property, SECRET));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile()).start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(folder.resolve("out"))).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(log);
    }

    private String withFiles(String options) throws IOException {
        return options.replace("FILE", file("password", SECRET)).replace("AGENTS", file("agents", "alice=" + SECRET));
    }

    private String file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.writeString(file, content).toString();
    }
}
