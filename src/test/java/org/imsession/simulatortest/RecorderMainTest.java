package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imsession.camel.brokenserver.Certificates;
import org.imsession.camel.component.TlsFront;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.recorder.RecorderMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorder as a command, in a process of its own and without JUnit on its class path. */
class RecorderMainTest {

    @TempDir
    Path folder;

    @Test
    void theRecorderPassesOnAndWritesUntilItIsStopped() throws Exception {
        Path file = folder.resolve("a.jsonl");
        try (GwsServer gws = GwsServer.create().agent("alice", "secret").start()) {
            Process process = start("--to", gws.url(), "--port=0", "--file", file.toString());
            try (BufferedReader output = process.inputReader()) {
                String url = output.readLine().replaceAll("Recorder at (\\S+),.*", "$1");
                assertThat(HttpAgent.at(url).get("/api/v2/diagnostics/version").status()).isEqualTo(200);
                assertThat(output.lines().limit(3).toList()).contains("  texts and names: replaced");
            } finally {
                process.destroy();
            }
            assertThat(process.waitFor()).as("to be told to stop is no failure").isZero();
        }
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("\"status\":200",
                "/diagnostics/version");
    }

    @Test
    void whoKeepsTextsIsWarned() throws Exception {
        Process process = start("--to", "http://127.0.0.1:9", "--port=0", "--plain", "--file",
                folder.resolve("a").toString());
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.lines().limit(3).toList()).anyMatch(line -> line.contains("WARNING"));
        } finally {
            process.destroy();
        }
    }

    /** Each with what is told of it: one line that says what to do, and no file is left behind. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --file FILE                               | 2 | --to is missing; --help shows what it is
            --to http://127.0.0.1:9                   | 2 | --file is missing; --help shows what it is
            --to gws.example.com --file FILE          | 2 | gws.example.com is no address of a server; give scheme
            --to http://h/api/v2 --file FILE          | 2 | http://h/api/v2 is no address of a server; give scheme
            --to http://me:secret@h --file FILE       | 2 | ...@h is no address of a server; give scheme
            --to http://me:s@secret@h --file FILE     | 2 | ...@h is no address of a server; give scheme
            --to http://me:s/secret@h --file FILE     | 2 | ...@h is no address of a server; give scheme
            --to http://me:%secret@h --file FILE      | 2 | --to ...@h is no address; give scheme
            --to me:secret@h --file FILE              | 2 | ...@h is no address of a server; give scheme
            --to http://h?secret --file FILE          | 2 | http://h?... is no address of a server; give scheme
            --to http://[ --file FILE                 | 2 | --to http://[ is no address; give scheme
            --to http://127.0.0.1:9 --file FILE --prt | 2 | There is no option --prt; the options are --to
            --to --file FILE                          | 2 | No value stands behind --to; --help shows which
            --to http://h --port x --file FILE        | 2 | --port x is no number from 0 to 65535
            --to http://h --port=0 --file THERE       | 2 | is there already, and is not overwritten; give
            --to http://h --port=0 --file NOFOLDER    | 1 | give a file in a folder that is there
            --to http://h --port=TAKEN --file FILE    | 1 | stop what has it, or give another port
            """)
    void aWrongOptionIsOneLineThatSaysWhatToDo(String options, int status, String told) throws Exception {
        Path there = Files.writeString(folder.resolve("there"), "kept");
        try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String[] args = options.replace("NOFOLDER", folder.resolve("no/where").toString())
                    .replace("THERE", there.toString()).replace("FILE", folder.resolve("new").toString())
                    .replace("TAKEN", Integer.toString(taken.getLocalPort())).split(" ");
            Process process = start(args);
            List<String> lines = process.inputReader().lines().toList();
            assertThat(process.waitFor()).as("%s", lines).isEqualTo(status);
            assertThat(lines).singleElement().asString().startsWith("gws-recorder: ").contains(told);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(there);
        }
        assertThat(there).hasContent("kept");
    }

    /** Java's own way to trust an authority of one's own; without it there is no answer, and the reason is told. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Timeout(120)
    void aServerIsAskedByHttpsIfItsAuthorityIsTrusted(boolean trusted) throws Exception {
        Path file = folder.resolve("a.jsonl");
        Certificates authority = new Certificates(Files.createDirectory(folder.resolve("authority")));
        Map<String, String> environment = trusted ? Map.of("JAVA_TOOL_OPTIONS", "-Djavax.net.ssl.trustStore="
                + authority.trustStore() + " -Djavax.net.ssl.trustStorePassword=changeit") : Map.of();
        try (GwsServer gws = GwsServer.create().agent("alice", "secret").start();
                TlsFront front = new TlsFront(authority.forLoopback(), gws.port())) {
            Process process = start(environment, "warn", "--to", front.url(), "--port=0", "--file", file.toString());
            try (BufferedReader output = process.inputReader()) {
                String line = output.readLine();
                while (!line.startsWith("Recorder at ")) { // Java tells what it has picked up
                    line = output.readLine();
                }
                HttpAgent client = HttpAgent.at(line.replaceAll("Recorder at (\\S+),.*", "$1"));
                if (trusted) {
                    assertThat(client.get("/api/v2/diagnostics/version").status()).isEqualTo(200);
                } else {
                    assertThatThrownBy(() -> client.get("/api/v2/diagnostics/version")).isInstanceOf(IOException.class);
                    assertThat(output.lines().anyMatch(each -> each.contains("-Djavax.net.ssl.trustStore"))).isTrue();
                }
            } finally {
                process.destroy();
            }
            process.waitFor();
        }
        // Java's client asks again where it has got nothing
        assertThat(Files.readAllLines(file)).hasSizeGreaterThan(1).last().asString()
                .contains(trusted ? "\"end\":\"WHOLE\",\"status\":200" : "\"end\":\"LOST\",\"status\":0");
    }

    @Test
    void theHelpFitsIntoATerminal() throws Exception {
        Process process = start("--help");
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).isZero();
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(String.join("\n", lines)).contains("--to", "--file", "--port", "--plain", "--help");
    }

    private static Process start(String... args) throws Exception {
        return start(Map.of(), "off", args);
    }

    private static Process start(Map<String, String> environment, String level, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level, RecorderMain.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> !each.contains("junit")).collect(Collectors.joining(File.pathSeparator)));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
