package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.imsession.simulator.GwsSimulatorMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main class, in a process of its own and without JUnit on its class path. */
class MainTest {

    private static final String[] SCENARIOS = {"none", "chat", "ring", "refused-login", "outage", "restart",
        "forgetful", "no-ack", "slow", "hanging", "busy", "not-sticky", "voice-down"};

    @Test
    void theSimulatorRunsWithoutJUnitAndTellsWhatHappens() throws Exception {
        tells(start(Map.of("IMSESSION_SIMULATOR_AGENTS", "alice:secret,bob:hidden"), "--port", "0", "--pace", "1"));
    }

    @Test
    void theSimulatorTakesAgentsFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("agents"), "# two\nalice=secret\n\nbob = hidden\n");
        tells(start(Map.of("IMSESSION_SIMULATOR_AGENTS", "carol:secret"), "--port", "0", "--pace", "1", "--agents-file",
                file.toString()));
    }

    @Test
    void theSimulatorTakesAgentsFromTheCommandLine() throws Exception {
        tells(start(Map.of(), "--port", "0", "--agents", "alice:secret,bob:hidden", "--pace", "1"));
    }

    /** Every user of the machine can read the command line of a process. */
    @Test
    void noPasswordNeedsToStandInTheListOfProcesses() throws Exception {
        Process process = start(Map.of("IMSESSION_SIMULATOR_AGENTS", "alice:unlisted"), "--port", "0", "--scenario",
                "none");
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).startsWith("GWS simulator at");
            assertThat(process.info().arguments()).hasValueSatisfying(all ->
                    assertThat(all).contains("--port").noneMatch(each -> each.contains("unlisted")));
            assertThat(output.readLine()).isEqualTo("  agent alice, phone number 5001");
        } finally {
            process.destroy();
        }
    }

    private static void tells(Process process) throws Exception {
        try (BufferedReader output = process.inputReader()) {
            List<String> lines = new ArrayList<>();
            String line = output.readLine();
            while (line != null && !line.equals("bob completes")) {
                lines.add(line);
                line = output.readLine();
            }
            assertThat(line).as("%s", lines).isEqualTo("bob completes");
            assertThat(lines).anyMatch(each -> each.startsWith("GWS simulator at http://127.0.0.1:"))
                    .contains("  agent alice, phone number 5001", "  agent bob, phone number 5002",
                            "alice calls bob", "alice says Hello Bob, this is chat 1")
                    .noneMatch(each -> each.contains("secret") || each.contains("hidden"));
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor()).as("to be told to stop is no failure").isZero();
    }

    /** Each with what is told of it: one line that says what to do. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --prot 8091                         | There is no option --prot; the options are --port
            8091                                | There is no option 8091; the options are --port
            --port                              | No value stands behind --port; --help shows which
            --port --pace 5                     | No value stands behind --port; --help shows which
            --port many                         | --port many is no number from 0 to 65535
            --port=-1                           | --port -1 is no number from 0 to 65535
            --port=65536                        | --port 65536 is no number from 0 to 65535
            --pace -1                           | --pace -1 is no number from 0 to
            --agents alice                      | want name:password, separated by commas
            --agents alice:,bob:hidden          | want name:password, separated by commas
            --agents alice:hidden,alice:other   | Agent alice is there twice
            --agents alice:hidden               | The scenario chat needs two agents
            --agents-file nowhere               | The agents file nowhere is not there
            --agents-file empty.txt             | names nobody; write lines of name=password
            --agents-file bad.txt               | Line 2 of the agents file
            --agents-file .                     | cannot be read as text
            --scenario caht                     | is neither a file nor one of none, chat, ring, refused-login
            --scenario bad.txt                  | Line 1 of the scenario
            --replay nowhere                    | The recording nowhere is not there; correct its name
            --replay bad.txt                    | cannot be read: it is no recording
            --replay later.txt                  | it has version 2 of the format, and this simulator reads 1
            --replay broken.txt                 | Line 2 of the recording
            --fast                              | --fast is about --replay FILE
            --scenario carol.txt                | names carol, who is no agent of this simulator; its agents
            """)
    void aWrongOptionIsOneLineThatSaysWhatToDo(String options, String told, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("empty.txt"), "# nobody\n");
        Files.writeString(folder.resolve("bad.txt"), "alice = hidden\nbob\n");
        String first = "{\"format\":\"imsession-recording\",\"version\":1}\n";
        Files.writeString(folder.resolve("later.txt"), first.replace("1", "2"));
        Files.writeString(folder.resolve("broken.txt"), first + "hidden\n{}\n");
        Files.writeString(folder.resolve("carol.txt"), "alice calls carol\n");
        String[] args = Arrays.stream(options.split(" "))
                .map(each -> each.endsWith(".txt") ? folder.resolve(each).toString() : each).toArray(String[]::new);
        assertThat(refused(2, args)).contains(told).doesNotContain("hidden");
    }

    @Test
    void aTakenPortIsOneLineThatSaysWhatToDo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(refused(1, "--port", Integer.toString(taken.getLocalPort())))
                    .contains("Cannot listen on port " + taken.getLocalPort(), "in use", "give another port");
        }
    }

    @Test
    void theHelpFitsIntoATerminalAndNamesEachOptionAndScenario() throws Exception {
        Process process = start(Map.of(), "--help");
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).isZero();
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(String.join("\n", lines)).contains("--port", "--scenario", "--pace", "--agents-file", "--agents ",
                "--replay", "--fast", "--help").contains(SCENARIOS);
    }

    /** Agents of other names play them, too. */
    @Test
    void eachScenarioRuns() throws Exception {
        for (String scenario : SCENARIOS) {
            Process process = start(Map.of(), "--port=0", "--pace=1", "--agents=carol:hidden,dave:hidden",
                    "--scenario=" + scenario);
            try (BufferedReader output = process.inputReader()) {
                List<String> lines = new ArrayList<>();
                String awaited = scenario.equals("none") ? "Stop it with Ctrl-C." : "dave completes";
                String awaitedOfRefused = "carol completes";
                String line = output.readLine();
                while (line != null && !line.equals(awaited) && !line.equals(awaitedOfRefused)) {
                    lines.add(line);
                    line = scenario.equals("ring") && line.equals("carol calls dave") ? awaited : output.readLine();
                }
                assertThat(line).as("%s: %s", scenario, lines).isNotNull();
                assertThat(lines).noneMatch(each -> each.contains("has ended"));
            } finally {
                process.destroy();
            }
        }
    }

    private static String refused(int status, String... args) throws Exception {
        Process process = start(Map.of(), args);
        try (BufferedReader output = process.inputReader()) {
            List<String> lines = output.lines().toList();
            assertThat(process.waitFor()).as("%s", lines).isEqualTo(status);
            assertThat(lines).hasSize(1);
            assertThat(lines.get(0)).startsWith("gws-simulator: ");
            return lines.get(0);
        }
    }

    private static Process start(Map<String, String> environment, String... args) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> !each.contains("junit")).collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                GwsSimulatorMain.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("CLASSPATH", classPath); // too long a command line is not told by the process
        return builder.start();
    }
}
