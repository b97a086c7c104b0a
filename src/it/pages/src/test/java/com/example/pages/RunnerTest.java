package com.example.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong on a page is found, and said. */
class RunnerTest {

    private static final String PRINTED = """
            [main] INFO start
            14:01:56.182  jms   alice  im.messages "Hello, this is chat 17"
            [feed] INFO feed - IMS-001 agent=alice SUBSCRIBING -> LIVE: subscribed
            imsession_agents{state="live"} 1.0
            """;

    @TempDir
    private Path folder;
    private Terminal terminal;

    @BeforeEach
    void open() throws Exception {
        terminal = new Terminal(folder, folder.resolve("terminal"), Duration.ofSeconds(2));
        terminal.export(Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = { "[main] INFO start", "09:17:00.001  jms   alice  im.messages \"Hello, this is chat 1\"",
            "... IMS-001 agent=alice SUBSCRIBING -> LIVE: subscribed", "... SUBSCRIBING -> LIVE...",
            "imsession_agents{state=\"live\"} 250.0\n[main] INFO start" })
    void whatWasPrintedIsFound(String shown) {
        assertEquals("", new Shape(shown).missingIn(PRINTED));
    }

    @ParameterizedTest
    @ValueSource(strings = { "[main] INFO stop", "INFO start", "09:17:00.001  jms  alice  im.messages \"Hello, this is chat 1\"",
            "09:17:00  jms   alice  im.messages \"Hello, this is chat 1\"", "... SUBSCRIBING -> LIVE",
            "IMS-001 agent=alice SUBSCRIBING -> LIVE...", "[main] INFO start\nimsession_agents{state=\"parked\"} 1.0" })
    void anOutputOfAnotherShapeIsFound(String shown) {
        String last = shown.substring(shown.indexOf('\n') + 1);
        assertEquals(last, new Shape(shown).missingIn(PRINTED));
    }

    @Test
    void whatIsExportedHoldsInTheNextBlock() throws Exception {
        terminal.run("export A=b\nread -rs C && export C\n", folder);
        assertEquals("b secret\n", terminal.run("echo $A $C\n", folder));
    }

    @Test
    void aBlockThatHangsFailsWithItsLastLines() {
        AssertionError failed = assertThrows(AssertionError.class, () -> terminal.run("echo begun; sleep 1000", folder));
        assertTrue(failed.getMessage().startsWith("It has not ended within PT2S"), failed::getMessage);
        assertTrue(failed.getMessage().contains("its last lines:\nbegun\n"), failed::getMessage);
    }

    @Test
    void aBlockThatNeverSaysItsWordFailsWithItsLastLines() {
        AssertionError failed = assertThrows(AssertionError.class,
                () -> terminal.runUntil("LIVE", log -> log.contains("LIVE"), false, "echo begun; sleep 1000", folder));
        assertTrue(failed.getMessage().startsWith("It has not printed 'LIVE' within PT2S"), failed::getMessage);
    }

    @Test
    void aBlockThatEndsBeforeItsWordFailsAtOnce() {
        AssertionError failed = assertThrows(AssertionError.class,
                () -> terminal.runUntil("LIVE", log -> log.contains("LIVE"), false, "echo begun; exit 3", folder));
        assertTrue(failed.getMessage().startsWith("It ended with exit status 3"), failed::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = { "false\ntrue\n", "false | cat\n", "exit 7\n", "no-such-command\n" })
    void aBlockThatFailsIsFound(String code) {
        AssertionError failed = assertThrows(AssertionError.class, () -> terminal.run(code, folder));
        assertTrue(failed.getMessage().startsWith("Exit status "), failed::getMessage);
    }

    @Test
    void whatServesIsStoppedAtTheEndOfThePage() throws Exception {
        String printed = terminal.runUntil("here", log -> log.contains("here"), true, "echo $$\necho here\nsleep 1000\n", folder);
        ProcessHandle serving = ProcessHandle.of(Long.parseLong(printed.lines().findFirst().orElseThrow())).orElseThrow();
        assertTrue(serving.isAlive());
        terminal.close();
        assertFalse(serving.isAlive());
    }

    @Test
    void aPortThatIsInUseIsNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            AssertionError failed = assertThrows(AssertionError.class,
                    () -> Terminal.checkFree(List.of(other.getLocalPort())));
            assertTrue(failed.getMessage().startsWith("Port " + other.getLocalPort() + " is in use"), failed::getMessage);
        }
    }

    /** Else a page would run that does not say what it needs. */
    @Test
    void homeHasWhatWasDownloadedAndNothingThatWasInstalled() throws Exception {
        Path other = folder.resolve("other");
        write(other.resolve("org/fetched/1/_remote.repositories"), "fetched-1.jar>central=\n");
        write(other.resolve("org/fetched/1/fetched-1.jar"), "jar");
        write(other.resolve("org/own/1/_remote.repositories"), "own-1.jar>=\n");
        write(other.resolve("org/own/1/own-1.jar"), "jar");
        Home home = new Home(folder.resolve("home"));
        home.begin();
        home.takeDownloads(other);
        Path repository = home.folder().resolve(".m2/repository");
        assertTrue(Files.exists(repository.resolve("org/fetched/1/fetched-1.jar")));
        assertFalse(Files.exists(repository.resolve("org/own/1/own-1.jar")));

        write(repository.resolve("org/own/2/_remote.repositories"), "own-2.jar>=\n");
        write(repository.resolve("org/own/2/own-2.jar"), "jar");
        write(home.folder().resolve(".cache/more"), "of a page");
        home.begin();
        assertTrue(Files.exists(repository.resolve("org/fetched/1/fetched-1.jar")));
        assertFalse(Files.exists(repository.resolve("org/own/2/own-2.jar")));
        assertFalse(Files.exists(home.folder().resolve(".cache/more")));
    }

    /** Else a page would run with what another one left; and each would compile the same again. */
    @Test
    void aPageBeginsWithACloneAndWhatTheCompilerMadeOfIt() throws Exception {
        Path clone = folder.resolve("clone");
        Path project = folder.resolve("project");
        write(clone.resolve("src/A.java"), "class A {}");
        write(clone.resolve("target/classes/A.class"), "of the clone");
        Checkout.begin(clone, project);
        assertFalse(Files.exists(project.resolve("target")));

        write(project.resolve("src/A.java"), "changed");
        write(project.resolve("src/more/B.java"), "class B {}");
        write(project.resolve("data/position"), "of a page");
        write(project.resolve("target/im/lib/a.jar"), "jar");
        write(project.resolve("target/classes/A.class"), "compiled");
        Checkout.begin(clone, project);
        assertEquals("class A {}", Files.readString(project.resolve("src/A.java")));
        assertEquals(millis(clone.resolve("src/A.java")), millis(project.resolve("src/A.java")));
        assertEquals("compiled", Files.readString(project.resolve("target/classes/A.class")));
        for (String left : List.of("src/more", "data", "target/im")) {
            assertFalse(Files.exists(project.resolve(left)), left);
        }
    }

    private static long millis(Path file) throws Exception {
        return Files.getLastModifiedTime(file).toMillis();
    }

    private static void write(Path file, String text) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
