package com.example.pages;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * Runs the shell blocks of the pages in their order, each page in a fresh copy of the project, of which only the first page
 * that compiles it compiles it all; makes the files that a page
 * names; and compares the outputs that it shows with what was printed, in their shape.
 */
class BlocksTest {

    private static final Path ROOT = Path.of(System.getProperty("root")).toAbsolutePath().normalize();
    private static final Path WORK = Path.of("target", "work").toAbsolutePath();
    /** The same for each page, since Maven compiles again what lies elsewhere. */
    private static final Path PROJECT = WORK.resolve("project");
    private static final Home HOME = new Home(Path.of(System.getProperty("pages.home")).toAbsolutePath());
    private static final String DOWNLOADS = System.getProperty("pages.downloads", "");
    private static final Set<String> CHOSEN = Set.of(System.getProperty("pages").split(","));
    /** The one value that has to be another here. */
    private static final String ADDRESS = "https://gws.example.com:8443";
    /** Where a page itself has started a simulator. */
    private static final String STARTED = "http://127.0.0.1:8090";
    /** Stands in blocks.txt for the next output on the page. */
    private static final String SHOWN = "what is shown";
    private static final List<String> TABLE = new ArrayList<>(List.of("| Page | Block | | Seconds |", "|---|---|---|---:|"));

    private static final GwsServer GWS = GwsServer.create(GwsSettings.defaults());

    @BeforeAll
    static void start() throws IOException {
        GWS.agent("alice", "secret");
        GWS.start();
        installCamelCli();
        HOME.begin();
        if (!DOWNLOADS.isEmpty()) {
            HOME.takeDownloads(Path.of(DOWNLOADS));
        }
    }

    /** As an installation by JBang makes it; Java does not look at HOME. */
    private static void installCamelCli() throws IOException {
        Path camel = Files.createDirectories(Terminal.PROGRAMS).resolve("camel");
        Files.writeString(camel, "#!/bin/sh%nexec java -Duser.home=\"$HOME\" -cp '%s:%s' %s \"$@\"%n".formatted(
                Path.of("target", "classes").toAbsolutePath(), Files.readString(Path.of("target", "cli.classpath")).strip(),
                Camel.class.getName()));
        Files.setPosixFilePermissions(camel, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterAll
    static void stop() throws IOException {
        GWS.stop();
        Files.write(Path.of("target", "table.md"), TABLE);
        TABLE.forEach(System.out::println);
    }

    @TestFactory
    Stream<DynamicContainer> pages() throws IOException {
        return Page.all(Path.of("blocks.txt")).stream().filter(each -> CHOSEN.contains("all") || CHOSEN.contains(each.name()))
                .map(each -> new Run(each).container());
    }

    /** A page that is run. */
    private static final class Run {

        private final Page page;
        private final List<Block> blocks;
        private final Terminal terminal;
        private final List<String> printed = new ArrayList<>();
        private PostgreSql database;
        private String failed = "";

        Run(Page page) {
            this.page = page;
            try {
                this.blocks = Block.of(ROOT.resolve(page.path()));
                Home.delete(WORK.resolve(page.name()).resolve("terminal"));
                this.terminal = new Terminal(HOME.folder(), WORK.resolve(page.name()).resolve("terminal"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        DynamicContainer container() {
            List<DynamicTest> tests = new ArrayList<>();
            tests.add(DynamicTest.dynamicTest("begin", () -> or("begin", this::begin)));
            blocks.stream().filter(each -> each.isShell() || !each.file().isEmpty() || each.isOutput())
                    .forEach(each -> tests.add(DynamicTest.dynamicTest(each.firstLine(),
                            () -> or(each.firstLine(), () -> take(each)))));
            tests.add(DynamicTest.dynamicTest("end", this::end));
            return DynamicContainer.dynamicContainer(page.name(), tests);
        }

        /** What fails takes with it what is behind it on its page. */
        private void or(String name, Step step) throws Exception {
            if (!failed.isEmpty()) {
                throw new TestAbortedException("Not run, since this failed before: " + failed);
            }
            try {
                step.run();
            } catch (Exception | AssertionError e) {
                failed = name;
                throw e;
            }
        }

        private void begin() throws Exception {
            if (page.after().isEmpty()) {
                Checkout.begin(ROOT, PROJECT);
                HOME.begin();
            }
            Terminal.checkFree(Page.ports(blocks).toList());
            Map<String, String> environment = new HashMap<>(page.server()
                    ? Map.of("IMSESSION_SERVER", GWS.url(), "IMSESSION_USER", "alice", "IMSESSION_PASSWORD", "secret")
                    : Map.of());
            if (page.database()) {
                database = new PostgreSql();
                environment.putAll(database.environment());
            }
            terminal.export(environment);
        }

        private void end() throws Exception {
            terminal.close();
            if (database != null) {
                database.close();
            }
        }

        private void take(Block block) throws Exception {
            List<String> reasons = page.notes(block, "except");
            if (!reasons.isEmpty()) {
                note(block, "excepted: " + reasons.get(0), "");
                return;
            }
            long begin = System.nanoTime();
            String result = "FAILED";
            try {
                if (!block.file().isEmpty()) {
                    Path file = PROJECT.resolve(block.file());
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, block.code());
                    result = "written to " + block.file();
                } else if (block.isOutput()) {
                    compare(new Shape(block.code()));
                    result = "compared";
                } else {
                    run(block);
                    result = "ran";
                }
            } finally {
                note(block, result, String.valueOf((System.nanoTime() - begin) / 1_000_000_000));
            }
        }

        private void note(Block block, String result, String seconds) {
            TABLE.add(String.format(Locale.ROOT, "| %s | `%s` | %s | %s |", page.name(), block.firstLine(), result, seconds));
        }

        private void compare(Shape shape) {
            assertTrue(printed.stream().anyMatch(shape::isIn),
                    () -> "Nothing printed this:\n" + shape.shown() + "The last block printed no line like\n"
                            + (printed.isEmpty() ? "" : shape.missingIn(printed.get(printed.size() - 1))));
        }

        private void run(Block block) throws Exception {
            String code = block.code().replace(ADDRESS, page.server() ? GWS.url() : STARTED);
            Path there = PROJECT.resolve(page.notes(block, "in").stream().findFirst().orElse(""));
            if (code.contains("-file ca.pem")) {
                terminal.run("keytool -genkeypair -alias ca -keyalg EC -dname CN=ca -storepass changeit -keystore given.p12\n"
                        + "keytool -exportcert -rfc -alias ca -storepass changeit -keystore given.p12 -file ca.pem\n", there);
            }
            List<String> until = page.notes(block, "until");
            List<String> serve = page.notes(block, "serve");
            if (until.isEmpty() && serve.isEmpty()) {
                printed.add(terminal.run(code, there));
            } else {
                String text = until.isEmpty() ? serve.get(0) : until.get(0);
                Predicate<String> enough = text.equals(SHOWN) ? shownBehind(block)::isIn : log -> log.contains(text);
                printed.add(terminal.runUntil(text, enough, until.isEmpty(), code, there));
            }
        }

        private Shape shownBehind(Block block) {
            return blocks.stream().skip(blocks.indexOf(block)).filter(Block::isOutput).findFirst()
                    .map(each -> new Shape(each.code())).orElseThrow();
        }
    }

    private interface Step {
        void run() throws Exception;
    }
}
