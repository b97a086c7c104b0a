package com.example.pages;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the shell blocks of the pages in their order, each page in a fresh copy of the project; makes the files that a page
 * names; and compares the outputs that it shows with what was printed, in their shape.
 */
class BlocksTest {

    private static final Path ROOT = Path.of(System.getProperty("root")).toAbsolutePath().normalize();
    private static final Path WORK = Path.of("target", "work").toAbsolutePath();
    private static final Path HOME = Path.of(System.getProperty("pages.home")).toAbsolutePath();
    private static final String CHOSEN = System.getProperty("pages");
    /** The one value that has to be another here. */
    private static final String ADDRESS = "https://gws.example.com:8443";
    /** Where the page itself has started a simulator. */
    private static final String STARTED = "http://127.0.0.1:8090";
    private static final List<String> TABLE = new ArrayList<>(List.of("| Page | Block | | Seconds |", "|---|---|---|---:|"));

    private static final GwsServer GWS = GwsServer.create(GwsSettings.defaults());

    @BeforeAll
    static void start() {
        GWS.agent("alice", "secret");
        GWS.start();
    }

    @AfterAll
    static void stop() throws IOException {
        GWS.stop();
        Files.write(Path.of("target", "table.md"), TABLE);
        TABLE.forEach(System.out::println);
    }

    @TestFactory
    Stream<DynamicContainer> pages() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("blocks.txt"));
        return lines.stream().filter(each -> each.startsWith("page ")).map(each -> each.substring(5).split(" after "))
                .filter(each -> CHOSEN.equals("all") || Set.of(CHOSEN.split(",")).contains(name(each[0])))
                .map(each -> page(each[0], each.length > 1 ? each[1] : "", notes(lines, name(each[0]))));
    }

    private static String name(String page) {
        return Path.of(page).getFileName().toString();
    }

    /** What is said of the blocks of a page, by their first lines. */
    private static Map<String, Map<String, String>> notes(List<String> lines, String page) {
        Map<String, Map<String, String>> notes = new LinkedHashMap<>();
        lines.stream().map(each -> each.split(" \\| ")).filter(each -> each.length == 4 && each[0].equals(page))
                .forEach(each -> notes.computeIfAbsent(each[1], none -> new LinkedHashMap<>()).put(each[2], each[3]));
        return notes;
    }

    private static DynamicContainer page(String page, String after, Map<String, Map<String, String>> notes) {
        try {
            Path folder = WORK.resolve(after.isEmpty() ? name(page) : after).resolve("project");
            Terminal terminal = new Terminal(HOME, WORK.resolve(name(page)).resolve("terminal"));
            List<String> printed = new ArrayList<>();
            List<DynamicTest> tests = new ArrayList<>();
            tests.add(DynamicTest.dynamicTest("copy", () -> {
                if (after.isEmpty()) {
                    copy(ROOT, folder);
                }
                terminal.export(page.equals("README.md") ? Map.of() : Map.of("IMSESSION_SERVER", GWS.url(),
                        "IMSESSION_USER", "alice", "IMSESSION_PASSWORD", "secret"));
            }));
            for (Block block : Block.of(ROOT.resolve(page))) {
                if (block.isShell() || !block.file().isEmpty() || block.language().equals("text")) {
                    tests.add(DynamicTest.dynamicTest(block.firstLine(),
                            () -> take(page, block, notes.getOrDefault(block.firstLine(), Map.of()), folder, terminal, printed)));
                }
            }
            tests.add(DynamicTest.dynamicTest("end", terminal::close));
            return DynamicContainer.dynamicContainer(page, tests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void take(String page, Block block, Map<String, String> notes, Path folder, Terminal terminal,
                             List<String> printed) throws Exception {
        if (!block.file().isEmpty()) {
            Path file = folder.resolve(block.file());
            Files.createDirectories(file.getParent());
            Files.writeString(file, block.code());
        } else if (block.language().equals("text")) {
            Pattern shape = shape(block.code());
            assertTrue(printed.stream().anyMatch(each -> shape.matcher(each).find()), "nothing printed this:\n" + shape);
        } else if (notes.containsKey("except")) {
            TABLE.add("| %s | `%s` | excepted: %s | |".formatted(page, block.firstLine(), notes.get("except")));
        } else {
            long begin = System.nanoTime();
            String result = "failed";
            try {
                run(page, block, notes, folder, terminal, printed);
                result = "ran";
            } finally {
                TABLE.add(String.format(Locale.ROOT, "| %s | `%s` | %s | %d |", page, block.firstLine(), result,
                        (System.nanoTime() - begin) / 1_000_000_000));
            }
        }
    }

    private static void run(String page, Block block, Map<String, String> notes, Path folder, Terminal terminal,
                            List<String> printed) throws Exception {
        String code = block.code().replace(ADDRESS, page.equals("README.md") ? STARTED : GWS.url());
        Path there = folder.resolve(notes.getOrDefault("in", ""));
        String text = notes.getOrDefault("until", notes.get("serve"));
        if (code.contains("-file ca.pem")) {
            terminal.run("keytool -genkeypair -alias ca -keyalg EC -dname CN=ca -storepass changeit -keystore given.p12\n"
                    + "keytool -exportcert -rfc -alias ca -storepass changeit -keystore given.p12 -file ca.pem\n", there);
        }
        if (text == null) {
            printed.add(terminal.run(code, there));
        } else {
            printed.add(terminal.runUntil(text, notes.containsKey("serve"), code, there));
        }
    }

    /** Numbers may be others, and three dots stand for anything. */
    private static Pattern shape(String shown) {
        return Pattern.compile(shown.lines().map(line -> Stream.of(line.split("(?<=\\.\\.\\.)|(?=\\.\\.\\.)"))
                .map(part -> part.equals("...") ? ".*" : Stream.of(part.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)"))
                        .map(each -> each.matches("\\d+") ? "\\d+" : Pattern.quote(each)).collect(Collectors.joining()))
                .collect(Collectors.joining())).collect(Collectors.joining("[\\s\\S]*?")));
    }

    /** Of a clone: nothing that was built or written. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (Set.of("target", ".git", "data").contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
