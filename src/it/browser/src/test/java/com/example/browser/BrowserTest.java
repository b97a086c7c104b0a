package com.example.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.SimulatedSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The live page as people see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {

    private static final Duration PATIENCE = Browser.PATIENCE;

    @TempDir
    static Path folder;
    @TempDir
    static Path downloads;
    private static final String HOSTILE = "<img src=x onerror=\"document.title='broken'\">";
    private final GwsServer gws = GwsServer.create().agent("alice", "secret").agent("bob", "secret")
            .agent(HOSTILE, "secret").start();
    private Routes routes;
    private Browser browser;

    @BeforeAll
    void openThePage() throws Exception {
        Path team = Files.createFile(folder.resolve("team.properties"), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(team, HOSTILE.replace(" ", "\\ ").replace("=", "\\=") + " = secret\n");
        routes = Routes.start(gws, folder, List.of("alice", "bob"), Routes.freePort(), Map.of(
                "camel.route-template[team].template-id", "im-split", "camel.route-template[team].agent", "team",
                "camel.route-template[team].login", "agents=file:" + team));
        browser = new Browser(downloads);
        browser.open(routes.address());
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
        if (routes != null) {
            routes.close();
        }
        gws.stop();
    }

    @Test
    void aTextIsThereWithinASecondOfItsBeingSaidAndNothingIsMissingAfterAReload() {
        var session = talk();
        session.says("Text");
        browser.read("alice", "Text");
        long slowest = 0;
        for (int i = 0; i < 20; i++) {
            String said = "Text " + i;
            long from = System.nanoTime();
            session.says(said);
            await().pollInterval(Duration.ofMillis(10)).atMost(PATIENCE).until(() -> browser.texts().contains(said));
            slowest = Math.max(slowest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from));
        }
        System.err.println("slowest of 20 texts, from being said until it is seen: " + slowest + " ms");
        List<?> before = browser.texts();
        browser.open(routes.address());
        browser.read("alice", "Text 19");
        assertThat(browser.texts()).isEqualTo(before);
        session.complete();
    }

    private SimulatedSession talk() {
        if (gws.agent("alice").hasSession()) {
            gws.agent("alice").session().complete();
        }
        return gws.agent("alice").talksTo("bob");
    }

    @Test
    void whatLooksLikeMarkupIsText() {
        List<String> payloads = List.of("<script>document.title='broken'</script>",
                "<img src=x onerror=\"document.title='broken'\">", "</span><b id=broken>bold</b>", "javascript:alert(1)");
        var session = talk();
        payloads.forEach(session::says);
        session.attach(Map.of("<b id=broken>key</b>", "<img src=x onerror=document.title='broken'>"));
        browser.read("alice", payloads.get(3));
        assertThat(browser.texts()).isEqualTo(payloads);
        await().atMost(PATIENCE).until(() -> browser.all("#data dt").contains("<b id=broken>key</b>"));
        assertThat(browser.all("#broken, #lines img, #lines script, #lines b, #data img")).isEmpty();
        assertThat(browser.chrome().getTitle()).isEqualTo("Conversations");
        session.complete();
    }

    @Test
    void anAgentAndANumberThatLookLikeMarkupAreText() {
        String number = "<b id=broken>3001</b><script>document.title='broken'</script>";
        await().atMost(PATIENCE).until(() -> gws.agent(HOSTILE).subscribers() > 0);
        for (String state : List.of("Alerting", "Talking")) {
            gws.agent(HOSTILE).sendRaw(String.format("{\"imSession\":{\"capabilities\":[],\"id\":\"H1\",\"participants\":"
                    + "[{\"phoneNumber\":\"%1$s\",\"digits\":\"%1$s\",\"formattedPhoneNumber\":\"%1$s\",\"e164Number\":\"\"}],"
                    + "\"path\":\"/im-sessions/H1\",\"state\":\"%2$s\",\"userData\":{}},\"phoneNumber\":\"%1$s\","
                    + "\"notificationType\":\"StatusChange\",\"messageType\":\"IMSessionStateChangeMessage\"}", number, state));
        }
        gws.agent(HOSTILE).sendRaw("{\"imSessionPath\":\"/im-sessions/H1\",\"message\":\"of a hostile agent\","
                + "\"notificationType\":\"NewMessage\",\"messageType\":\"IMLogUpdateMessage\"}");
        browser.read(HOSTILE, "of a hostile agent");
        assertThat(browser.all("#conversations .with")).contains(number);
        assertThat(browser.text("selected-title")).isEqualTo(HOSTILE + " and " + number);
        browser.click("show-agents");
        await().atMost(PATIENCE).until(() -> browser.all("#agents .who").contains(HOSTILE));
        assertThat(browser.all("#broken, main img, main script, main b")).isEmpty();
        assertThat(browser.chrome().getTitle()).isEqualTo("Conversations");
        browser.click("show-running");
        browser.picture("hostile", 1280, 800, "light");
    }

    @Test
    void nothingMovesWhileSomebodyReadsOrPoints() {
        var session = talk();
        IntStream.range(0, 60).forEach(i -> session.says("early " + i));
        browser.read("alice", "early 59");
        assertThat(browser.<Boolean>value("(all => Math.abs(all.scrollHeight - all.scrollTop - all.clientHeight) < 40)"
                + "(document.getElementById('scroll'))")).as("who reads at the end stays there").isTrue();
        browser.chrome().executeScript("document.getElementById('scroll').scrollTop = 100;"
                + "document.querySelectorAll('#lines li, #conversations .row').forEach(each => each.marked = true);"
                + "document.querySelector('#conversations .row').focus()");
        String rows = "[...document.querySelectorAll('#conversations .row')].map(each => [each.dataset.key,"
                + " Math.round(each.getBoundingClientRect().top)].join(' '))";
        List<String> places = browser.value(rows);
        long lines = browser.<Long>value("document.querySelectorAll('#lines li').length");
        IntStream.range(0, 60).forEach(i -> session.says("late " + i));
        session.complete();
        talk().says("another conversation");
        browser.awaitText("late 59");
        await().atMost(PATIENCE).until(() -> browser.all("#conversations .last").contains("another conversation"));
        assertThat(browser.<Long>value("document.getElementById('scroll').scrollTop")).as("read above").isEqualTo(100);
        assertThat(browser.<Boolean>value("document.getElementById('newer').hidden")).as("what is new is said").isFalse();
        assertThat(browser.<Long>value("[...document.querySelectorAll('#lines li')].filter(each => each.marked).length"))
                .as("lines stay what they are").isEqualTo(lines);
        assertThat(browser.<List<String>>value(rows)).as("rows keep their place, new ones come last")
                .startsWith(places.toArray(String[]::new)).hasSizeGreaterThan(places.size());
        assertThat(browser.<Long>value("[...document.querySelectorAll('#conversations .row')].filter(each => each.marked)"
                + ".length")).as("rows stay what they are").isEqualTo(places.size());
        browser.click("newer");
        assertThat(browser.<Boolean>value("document.getElementById('newer').hidden")).isTrue();
        talk().complete();
    }

    @Test
    void aRowThatIsGoneStaysWhileTheListHasTheFocus() {
        talk().says("soon over").complete();
        await().atMost(PATIENCE).until(() -> !browser.all("#conversations .row.ended").isEmpty());
        browser.chrome().executeScript("document.querySelector('#conversations .row').focus()");
        // ended ones are kept for a minute
        await().atMost(PATIENCE.multipliedBy(3)).until(() -> !browser.all("#conversations .row.leaving").isEmpty());
        browser.chrome().executeScript("document.activeElement.blur()");
        await().atMost(PATIENCE).until(() -> browser.all("#conversations .row.leaving:not([aria-current=true])").isEmpty());
    }

    @Test
    void aRestartOfGwsIsAGapInItsPlaceAndAStateOfTheAgents() {
        var session = talk().says("before");
        browser.read("alice", "before");
        gws.stop();
        await().atMost(PATIENCE).until(() -> browser.text("agents-count").equals("0 of 3"));
        browser.click("show-agents");
        await().atMost(PATIENCE).until(() -> browser.all("#agents .reason").stream().allMatch(each -> !each.equals("")));
        browser.pictures("agents");
        browser.click("show-running");
        gws.start();
        await().atMost(PATIENCE.multipliedBy(3)).until(() -> browser.text("agents-count").equals("3"));
        await().atMost(PATIENCE).until(() -> !browser.all("#lines .gap").isEmpty());
        session.says("after");
        await().atMost(PATIENCE).until(() -> browser.texts().contains("after"));
        List<?> kinds = (List<?>) browser.chrome().executeScript("return [...document.querySelectorAll('#lines li')]"
                + ".map(each => each.querySelector('.text') ? each.querySelector('.text').textContent : each.className)");
        assertThat(kinds.indexOf("gap")).isBetween(kinds.indexOf("before"), kinds.indexOf("after"));
        session.hears("The parcel left the warehouse this morning and should be with you tomorrow before noon.")
                .says("Good, thank you.").attach(Map.of("order", "4711", "colour", "blue"));
        await().atMost(PATIENCE).until(() -> browser.all("#data dt").contains("order"));
        browser.pictures("running");
        session.complete();
    }

    @Test
    void aLostConnectionOfThePageIsSaidAndMadeUpFor() throws Exception {
        var session = talk().says("before it was lost");
        browser.read("alice", "before it was lost");
        routes.stopPage();
        await().atMost(PATIENCE).until(() -> browser.text("connection-text").startsWith("No connection"));
        browser.picture("lost", 1280, 800, "light");
        List<String> said = IntStream.range(0, 10).mapToObj(i -> "meanwhile " + i).toList();
        said.forEach(session::says);
        routes.startPage();
        await().atMost(PATIENCE).until(() -> browser.text("connection-text").equals("Up to date"));
        await().atMost(PATIENCE).until(() -> browser.texts().containsAll(said));
        assertThat(browser.texts().stream().filter(each -> each.toString().startsWith("meanwhile")))
                .isEqualTo(said);
        session.complete();
    }

    @Test
    void endedConversationsAreFoundOpenedAndExported() throws IOException {
        talk().says("A green elephant").hears("In the room").complete();
        await().atMost(PATIENCE).until(() -> (Boolean) browser.chrome().executeScript(
                "return !document.getElementById('show-ended').hidden"));
        browser.click("show-ended");
        browser.chrome().findElement(By.id("search-text")).clear();
        browser.chrome().findElement(By.id("search-text")).sendKeys("green ELEPHANT", Keys.ENTER);
        await().atMost(PATIENCE).until(() -> browser.all("#found .row").size() == 2); // alice's side of it, and bob's
        browser.chrome().executeScript("document.querySelector('#found .row').click()");
        await().atMost(PATIENCE).until(() -> browser.texts().equals(List.of("A green elephant", "In the room")));
        browser.pictures("ended");
        for (String form : List.of("text", "html", "json")) {
            browser.click("export-" + form);
        }
        await().atMost(PATIENCE).until(() -> exported().size() == 3);
        assertThat(exported()).allSatisfy(file -> assertThat(Files.readString(file)).contains("A green elephant"));
        browser.click("show-running");
    }

    /** It lost what was before its last 400 lines, on paper, too, and said that 200 are kept. */
    @Test
    void aLongOneThatHasEndedIsThereFromItsFirstText() {
        int texts = 450;
        var session = talk().says("A long story, 1");
        for (int i = 2; i <= texts; i++) {
            session.says("A long story, " + i);
        }
        session.complete();
        browser.click("show-ended");
        browser.chrome().findElement(By.id("search-text")).clear();
        await().atMost(PATIENCE).until(() -> {
            browser.chrome().findElement(By.id("search-text")).sendKeys(Keys.chord(Keys.CONTROL, "a"),
                    "A long story, " + texts, Keys.ENTER);
            return browser.all("#found .row").size() == 2;
        });
        browser.chrome().executeScript("document.querySelector('#found .row').click()");
        await().atMost(PATIENCE).until(() -> browser.texts().size() == texts);
        assertThat(browser.texts()).startsWith("A long story, 1").endsWith("A long story, " + texts);
        assertThat((Boolean) browser.value("document.getElementById('earlier').hidden")).isTrue();
        browser.click("show-running");
    }

    private static List<Path> exported() throws IOException {
        try (Stream<Path> files = Files.list(downloads)) {
            return files.filter(file -> !file.toString().endsWith(".crdownload")).toList();
        }
    }

    @Test
    void theListIsUsedByKeys() {
        var session = talk().says("by keys");
        await().atMost(PATIENCE).until(() -> browser.all("#conversations .row:not(.ended)").size() >= 2);
        browser.chrome().executeScript("document.querySelector('#conversations .row').focus()");
        browser.chrome().switchTo().activeElement().sendKeys(Keys.END);
        browser.chrome().switchTo().activeElement().sendKeys(Keys.ENTER);
        await().atMost(PATIENCE).until(() -> browser.texts().contains("by keys"));
        browser.chrome().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        await().atMost(PATIENCE).until(() -> (Boolean) browser.chrome().executeScript(
                "return document.getElementById('selected').hidden"));
        session.complete();
    }
}
