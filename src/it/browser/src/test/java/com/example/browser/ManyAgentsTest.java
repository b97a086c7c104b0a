package com.example.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The live page with a thousand agents. How fast it is then, the benchmark {@code screen} measures. */
class ManyAgentsTest {

    private static final int COUNT = 1000;

    @Test
    void aThousandAgentsAndTheirConversationsAreThereFoundAndRead(@TempDir Path folder) throws Exception {
        List<String> names = IntStream.range(0, COUNT).mapToObj(i -> "agent" + i).toList();
        GwsServer gws = GwsServer.create(GwsSettings.defaults().withRecordedRequests(0));
        names.forEach(each -> gws.agent(each, "secret"));
        gws.start();
        try (Routes routes = Routes.start(gws, folder, List.of(), Routes.freePort(), team(folder, names));
                Browser browser = new Browser(folder)) {
            browser.open(routes.address());
            await().atMost(Browser.PATIENCE).until(() -> browser.text("agents-count").equals("1000"));
            names.forEach(each -> says(gws, each, "hello of " + each));
            await().atMost(Browser.PATIENCE).until(() -> browser.text("running-count").equals("1000"));
            await().atMost(Browser.PATIENCE).until(() -> browser.all("#conversations .last").containsAll(
                    names.stream().map(each -> "hello of " + each).toList()));

            browser.click("show-agents");
            assertThat(browser.all("#agents .who")).isEqualTo(names);
            assertThat(browser.text("agents-summary")).isEqualTo("All 1000 agents are live.");
            browser.click("agents-trouble");
            assertThat(browser.all("#agents li:not([hidden])")).isEmpty();
            browser.click("agents-trouble");
            browser.pictures("thousand-agents");

            browser.click("show-running");
            browser.find("#running-filter").sendKeys("AGENT77");
            assertThat(browser.all("#conversations li:not([hidden]) .who")).hasSize(11).allMatch(
                    who -> who.startsWith("agent77"));
            says(gws, "agent5", "not of those");
            says(gws, "agent777", "one more");
            browser.read("agent777", "one more");
            assertThat(browser.texts()).containsExactly("hello of agent777", "one more");
            assertThat(browser.all("#conversations li:not([hidden]) .who")).hasSize(11);
            browser.find("#running-filter").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
            assertThat(browser.all("#conversations li:not([hidden])")).hasSize(COUNT);
            browser.pictures("thousand-running");
        } finally {
            gws.stop();
        }
    }

    private static Map<String, String> team(Path folder, List<String> names) throws Exception {
        Path file = Files.createFile(folder.resolve("team.properties"), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, names.stream().map(each -> each + " = secret\n").collect(Collectors.joining()));
        Map<String, String> settings = new HashMap<>(Map.of("camel.component.imsession.loginsPerSecond", "1000",
                "camel.route-template[team].template-id", "im-split", "camel.route-template[team].agent", "team",
                "camel.route-template[team].login", "agents=file:" + file));
        for (String kind : List.of("state-changes", "messages", "unknown")) {
            settings.put("im.to." + kind, "log:behind?level=TRACE"); // the database has a test of its own
        }
        return settings;
    }

    private static void says(GwsServer gws, String agent, String text) {
        gws.agent(agent).sendRaw("{\"imSessionPath\":\"/im-sessions/of-" + agent + "\",\"message\":\"" + text
                + "\",\"notificationType\":\"NewMessage\",\"messageType\":\"IMLogUpdateMessage\"}");
    }
}
