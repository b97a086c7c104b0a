package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
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

/** The main class, in a process of its own and without JUnit on its class path. */
class MainTest {

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
        assertThat(process.waitFor()).isNotZero();
    }

    @Test
    void aWrongOptionIsExplained() throws Exception {
        Process process = start(Map.of(), "--agents", "alice");
        assertThat(process.waitFor()).isEqualTo(2);
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).contains("name:password");
        }
    }

    @Test
    void aFileOfAgentsThatIsNotThereIsExplained() throws Exception {
        Process process = start(Map.of(), "--agents-file", "nowhere");
        assertThat(process.waitFor()).isEqualTo(2);
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).contains("nowhere");
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
