package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.imsession.simulator.GwsSimulatorMain;
import org.junit.jupiter.api.Test;

/** The main class, in a process of its own and without JUnit on its class path. */
class MainTest {

    @Test
    void itRunsWithoutJUnitAndTellsWhatHappens() throws Exception {
        Process process = start("--port", "0", "--agents", "alice:secret,bob:hidden", "--pace", "1");
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
        Process process = start("--agents", "alice");
        assertThat(process.waitFor()).isEqualTo(2);
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).contains("name:password");
        }
    }

    private static Process start(String... args) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> !each.contains("junit")).collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp", classPath, GwsSimulatorMain.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
