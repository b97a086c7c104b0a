package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.text.SafeFileName;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String STATES = "state-changes/alice/" + Documented.SESSION + ".jsonl";
    private static final String MESSAGES = "messages/alice/" + Documented.SESSION + ".jsonl";
    private static final String UNKNOWN = "unknown/alice.jsonl";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();
    @TempDir
    Path folder;

    @Test
    void theDocumentedNotificationsArriveInFilesAndARestartAppends() throws Exception {
        try (SampleRoutes routes = start()) {
            gws.agent("alice").sendRaw(Documented.STATE_CHANGE).sendRaw(Documented.MESSAGE);
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.lines(MESSAGES).size() == 1);

            JsonNode event = JSON.readTree(routes.lines(STATES).get(0));
            assertThat(event.path("type").asText()).isEqualTo("org.imsession.IMSessionStateChangeMessage");
            assertThat(event.path("subject").asText()).isEqualTo(Documented.SESSION);
            assertThat(Instant.parse(event.path("time").asText())).isBefore(Instant.now());
            JsonNode session = event.path("data").path("imSession");
            assertThat(session.path("state").asText()).isEqualTo("Talking");
            assertThat(session.path("userData").path("favColor").asText()).isEqualTo("blue");

            JsonNode message = JSON.readTree(routes.lines(MESSAGES).get(0));
            assertThat(Instant.parse(message.path("time").asText())).isBefore(Instant.now());
            assertThat(message.path("data")).isEqualTo(JSON.readTree(Documented.MESSAGE));
        }
        try (SampleRoutes routes = start()) {
            gws.agent("alice").sendRaw(Documented.STATE_CHANGE).sendRaw(Documented.MESSAGE);
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.lines(MESSAGES).size() == 2);
            assertThat(routes.lines(STATES)).hasSize(2);
            assertThat(routes.allFiles()).containsExactly(MESSAGES, STATES);
        }
    }

    /** The first was a folder within a folder, and each event of the second failed. */
    @Test
    void anAgentOfAnyNameHasAFlatFolderOfItsOwn() throws Exception {
        List<String> agents = List.of("alice", "DOMAIN\\dave", "a/../bob", "Alice", "..");
        agents.forEach(agent -> gws.agent(agent, "secret"));
        Path file = Files.writeString(folder.resolve("agents.properties"), agents.stream()
                .map(agent -> agent.replace("\\", "\\\\") + " = secret").collect(Collectors.joining("\n")));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (SampleRoutes routes = SampleRoutes.start(gws, folder, Map.of("camel.route-template[im-agent].agent",
                "team", "camel.route-template[im-agent].login", "agents=file:" + file))) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> agents.stream()
                    .allMatch(agent -> gws.requests().count(Step.SNAPSHOT, agent) > 0));
            agents.forEach(agent -> gws.agent(agent).sendRaw("{\"messageType\":\"NewKind\"}"));
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.allFiles().size() == agents.size());
            assertThat(routes.allFiles()).containsExactlyInAnyOrderElementsOf(agents.stream()
                    .map(agent -> "unknown/" + SafeFileName.ofAgent(agent) + ".jsonl").toList());
            assertThat(routes.allFiles()).contains("unknown/alice.jsonl");
        }
    }

    @Test
    void whatNobodyUnderstandsGoesToAThirdFileAndSoDoGaps() throws Exception {
        try (SampleRoutes routes = start()) {
            gws.agent("alice").sendRaw("{\"messageType\":\"NewKind\",\"value\":1}");
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.lines(UNKNOWN).size() == 1);
            gws.restart();
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.lines(UNKNOWN).size() == 2);

            assertThat(JSON.readTree(routes.lines(UNKNOWN).get(0)).path("data").path("value").asInt()).isEqualTo(1);
            assertThat(JSON.readTree(routes.lines(UNKNOWN).get(1)).path("data").path("messageType").asText())
                    .isEqualTo("FeedGap");
        }
    }

    @Test
    void textsKeepTheirOrderStayOnOneLineAndAreNeverEvaluated() throws Exception {
        List<String> texts = List.of("${body} ${header.CamelIMSessionAgent} ${sys.user.home}", "{{im.server}}",
                "#bean:context #{x} $simple{1+1}", "one\r\n2026-01-01 ERROR forged",
                "\u202eright to left\u0000\u001b[2J", "\"quoted\"", "null", "emoji \uD83D\uDE00 and \u00fc");
        try (SampleRoutes routes = start()) {
            var session = gws.agent("alice").session();
            texts.forEach(session::says);
            String name = "messages/alice/" + session.id() + ".jsonl";
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.lines(name).size() == texts.size());

            List<String> lines = routes.lines(name);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(JSON.readTree(lines.get(i)).path("data").path("message").asText()).isEqualTo(texts.get(i));
                assertThat(lines.get(i)).doesNotContainPattern("[\\p{Cntrl}\u202e]");
            }
        }
    }

    @Test
    void hostileIdsAreFlatNamesInsideTheFolder() throws Exception {
        List<String> ids = List.of("../../etc/x", "a/b", "/etc/x", "..", ".", "CON", "nul", "x".repeat(300), "a\nb",
                "a\u0000b", "C:\\x", "${header.CamelIMSessionAgent}", "{{im.server}}", "%2e%2e%2fx", "\u202etxt.exe");
        try (SampleRoutes routes = start()) {
            for (String id : ids) {
                gws.agent("alice").sendRaw(JSON.writeValueAsString(Map.of("messageType",
                        "IMSessionStateChangeMessage", "notificationType", "StatusChange",
                        "imSession", Map.of("id", id, "state", "Talking"))));
            }
            // some of these sessions replace one another, which is told as a gap, and that is another file
            await().atMost(SampleRoutes.PATIENCE).until(() ->
                    routes.allFiles().stream().filter(name -> !name.equals(UNKNOWN)).count() == ids.size());
            assertThat(routes.allFiles()).filteredOn(name -> !name.equals(UNKNOWN)).containsExactlyInAnyOrderElementsOf(
                    ids.stream().map(id -> "state-changes/alice/" + SafeFileName.of(id) + ".jsonl").toList());
            assertThat(routes.allFiles()).filteredOn(name -> !name.equals(UNKNOWN))
                    .allMatch(name -> name.matches("state-changes/alice/[-\\w%~]+\\.jsonl"));
        }
    }

    @Test
    void userDataCommandsNothing() throws Exception {
        Map<String, String> userData = Map.of("CamelFileName", "../evil", "camelfilename", "evil",
                "CamelOverruleFileName", "evil", "CamelIMSessionFileName", "evil", "bcc", "evil@example.com");
        try (SampleRoutes routes = start()) {
            var session = gws.agent("alice").session().talks().attach(userData);
            String name = "state-changes/alice/" + session.id() + ".jsonl";
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.lines(name).size() == 2);
            assertThat(routes.allFiles()).containsExactly(name);
        }
    }

    @Test
    void onlyTheOwnerMayRead() throws Exception {
        try (SampleRoutes routes = start()) {
            gws.agent("alice").sendRaw(Documented.STATE_CHANGE).sendRaw(Documented.MESSAGE).sendRaw("{}");
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.allFiles().size() == 3);
            for (String name : routes.allFiles()) {
                Path file = routes.files().resolve(name);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aFolderThatCannotBeWrittenCostsNothing() throws Exception {
        Files.createDirectory(folder.resolve("im"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path obstacle = Files.createFile(folder.resolve("im").resolve("messages"));
        try (SampleRoutes routes = start()) {
            var session = gws.agent("alice").session();
            List<String> texts = IntStream.range(0, 20).mapToObj(i -> "text " + i).toList();
            texts.forEach(session::says);
            await().atMost(SampleRoutes.PATIENCE).until(() -> gws.agent("alice").eventsSent() == 21);
            Files.delete(obstacle);
            String name = "messages/alice/" + session.id() + ".jsonl";
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.lines(name).size() == 20);
            assertThat(routes.lines(name)).extracting(line -> JSON.readTree(line).path("data")
                    .path("message").asText()).containsExactlyElementsOf(texts);
        }
    }

    /** The next line stood behind the half one, and neither could be read. */
    @Test
    void halfALineOfAProcessThatDiedGivesWayToTheWholeOne() throws Exception {
        try (SampleRoutes routes = start()) {
            gws.agent("alice").sendRaw(Documented.MESSAGE);
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.lines(MESSAGES).size() == 1);
            Files.writeString(routes.files().resolve(MESSAGES), "{\"specversion\":\"1.0\",\"id\":\"1-1\",\"so",
                    StandardOpenOption.APPEND);
            gws.agent("alice").sendRaw(Documented.MESSAGE);
            await().atMost(SampleRoutes.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            assertThat(routes.lines(MESSAGES)).hasSize(2).allSatisfy(line -> assertThat(
                    JSON.readTree(line).path("data")).isEqualTo(JSON.readTree(Documented.MESSAGE)));
            assertThat(log.with("IMS-023")).singleElement().asString().contains(MESSAGES, "half a line of 35 bytes");
        }
    }

    /** A line for each attempt of the broker, and 70 lines of log. */
    @Test
    void nothingIsWrittenTwiceAndLittleIsLoggedWhileAnotherSinkOfTheEventFails() throws Exception {
        try (SampleRoutes routes = SampleRoutes.start(gws, folder, Map.of("im.to.messages",
                "direct:file-messages,direct:jms-messages", "camel.beans.imBroker.brokerURL", "tcp://127.0.0.1:1",
                "im.jms.retries", "1", "im.jms.retry-delay", "10"))) {
            gws.agent("alice").sendRaw(Documented.MESSAGE);
            IMSessionConsumer consumer = (IMSessionConsumer) routes.context().getRoute("im-agent").getConsumer();
            await().atMost(SampleRoutes.PATIENCE).until(() -> consumer.getRedeliveries() >= 3);
            assertThat(routes.lines(MESSAGES)).hasSize(1);
            assertThat(consumer.getUndelivered()).singleElement().asString().contains("tcp://127.0.0.1:1",
                    "Connection refused");
            assertThat(log.with("IMS-022")).hasSize(1);
            assertThat(log.with("Exception")).filteredOn(line -> line.matches("[a-z]+[.].*"))
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    private SampleRoutes start() throws Exception {
        return SampleRoutes.start(gws, folder, Map.of());
    }
}
