package com.example.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of the demo, which runs by the README's command: compiled is the project already. */
class DemoTest {

    private static final Pattern ADDRESS = Pattern.compile("in a browser: (http://127\\.0\\.0\\.1:\\d+/)");

    @TempDir
    static Path folder;
    private Process demo;

    @BeforeEach
    void startTheDemo() throws Exception {
        demo = new ProcessBuilder(Programs.found("maven", "mvn").toString(), "-B", "-o", "-q", "exec:java")
                .directory(Path.of("").toAbsolutePath().toFile()).redirectErrorStream(true)
                .redirectOutput(printed().toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(demo::destroy));
    }

    @AfterEach
    void stopTheDemo() {
        demo.destroy();
        demo.onExit().join();
    }

    @Test
    void theAddressThatItPrintsFirstIsThatOfThePageOnWhichBothAgentsChat() throws Exception {
        try (Browser browser = new Browser(folder)) {
            browser.open(address());
            await().atMost(Browser.PATIENCE).until(() -> browser.text("agents-count").equals("2"));
            for (String agent : List.of("alice", "bob")) {
                await(agent).atMost(Browser.PATIENCE).until(() -> {
                    browser.select(agent);
                    return browser.texts().size() > 1 && browser.text("selected-title").startsWith(agent);
                });
            }
            List<String> before = browser.texts();
            await("as it is written, in this conversation or the next").atMost(Browser.PATIENCE).until(() -> {
                browser.select("bob");
                return !before.containsAll(browser.texts());
            });
            browser.pictures("demo");
        }
    }

    private static Path printed() {
        return folder.resolve("printed.txt");
    }

    private String address() throws Exception {
        await().atMost(Browser.PATIENCE).until(() -> !demo.isAlive() || ADDRESS.matcher(Files.readString(printed()))
                .find());
        Matcher found = ADDRESS.matcher(Files.readString(printed()));
        assertThat(found.find()).as(Files.readString(printed())).isTrue();
        return found.group(1);
    }
}
