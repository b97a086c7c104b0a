package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refused operation has an HTTP status and a statusCode, and changes nothing. */
class OperationErrorsTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "hidden");

    private HttpAgent alice;

    @BeforeEach
    void login() throws Exception {
        alice = HttpAgent.loggedIn(gws, "alice", "secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"operationName\":\"InitiateIMSession\"} | 400 | 1",
        "{\"operationName\":\"InitiateIMSession\",\"destination\":{}} | 400 | 1",
        "{\"operationName\":\"InitiateIMSession\",\"destination\":{\"phoneNumber\":5002}} | 400 | 10",
        "{\"operationName\":\"InitiateIMSession\",\"destination\":{\"phoneNumber\":\"5001\"}} | 400 | 10",
        "{\"operationName\":\"InitiateIMSession\",\"destination\":{\"phoneNumber\":\"1\"},\"devicePath\":\"/x\"}"
                + " | 404 | 6",
        "{\"operationName\":\"Fly\"} | 400 | 10",
        "{\"destination\":{}} | 400 | 1",
        "[] | 400 | 10",
        "{ | 400 | 10"})
    void aCallThatCannotBe(String body, int httpStatus, int statusCode) throws Exception {
        refused(alice.post("/api/v2/me/im-sessions", body), httpStatus, statusCode);
        assertThat(gws.agent("alice").hasSession()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"operationName\":\"SendMessage\",\"destination\":{\"phoneNumber\":\"1\"},\"devicePath\":\"/d\"} | 400 | 1",
        "{\"operationName\":\"SendMessage\",\"text\":\"x\",\"devicePath\":\"/d\"} | 400 | 1",
        "{\"operationName\":\"SendMessage\",\"text\":\"x\",\"destination\":{\"phoneNumber\":\"1\"}} | 400 | 1",
        "{\"operationName\":\"SendMessage\",\"text\":\"x\",\"destination\":{\"phoneNumber\":\"1\"},"
                + "\"devicePath\":\"/d\"} | 404 | 6",
        "{\"operationName\":\"AttachUserData\"} | 400 | 1",
        "{\"operationName\":\"UpdateUserData\",\"userData\":5} | 400 | 10",
        "{\"operationName\":\"DeleteUserData\",\"keys\":[\"a\"]} | 400 | 1",
        "{\"operationName\":\"Transfer\"} | 400 | 10"})
    void anOperationThatCannotBe(String body, int httpStatus, int statusCode) throws Exception {
        String path = gws.agent("alice").talksTo("bob").path();
        refused(alice.post("/api/v2/me" + path, body), httpStatus, statusCode);
    }

    @Test
    void anAgentHasOneSessionOnly() throws Exception {
        gws.agent("alice").talksTo("bob");
        HttpAgent.Answer answer = alice.post("/api/v2/me/im-sessions",
                "{\"operationName\":\"InitiateIMSession\",\"destination\":{\"phoneNumber\":\"9\"}}");
        refused(answer, 400, 2);
        assertThat(answer.json().path("statusMessage").asText()).isEqualTo("Invalid state");
    }

    @Test
    void aTextNeedsASessionThatTalks() throws Exception {
        String path = gws.agent("alice").calls("bob").path();
        refused(alice.post("/api/v2/me" + path, "{\"operationName\":\"SendMessage\",\"text\":\"x\",\"destination\":"
                + "{\"phoneNumber\":\"5002\"},\"devicePath\":\"" + gws.agent("alice").devicePath() + "\"}"), 400, 2);
    }

    @Test
    void aSessionOfOthersOrOfThePastIsNotFound() throws Exception {
        gws.agent("carol", "x");
        String path = gws.agent("carol").talksTo("bob").path();
        refused(alice.get("/api/v2/me" + path), 404, 6);
        gws.agent("bob").session().complete();
        refused(HttpAgent.loggedIn(gws, "carol", "x").get("/api/v2/me" + path), 404, 6);
    }

    @Test
    void withoutTheFeatureNothingIsPermitted() throws Exception {
        gws.agent("alice").instantMessaging(false);
        refused(alice.get("/api/v2/me/im-sessions?fields=*"), 403, 5);
    }

    @Test
    void aBusyAgentEndsTheCallAtOnce() throws Exception {
        gws.agent("bob").session().talks();
        assertThat(alice.post("/api/v2/me/im-sessions",
                "{\"operationName\":\"InitiateIMSession\",\"destination\":{\"phoneNumber\":\"5002\"}}").status())
                .isEqualTo(200);
        assertThat(gws.agent("alice").hasSession()).isFalse();
        assertThat(gws.agent("bob").session().state()).isEqualTo("Talking");
    }

    @Test
    void userDataKeepsAllDigits() throws Exception {
        String path = "/api/v2/me" + gws.agent("alice").talksTo("bob").path();
        String userData = "{\"a\":123456789012345678901234567890,\"b\":0.10,\"c\":[{\"d\":null}]}";
        alice.post(path, "{\"operationName\":\"AttachUserData\",\"userData\":" + userData + "}");
        assertThat(alice.get(path).text()).contains("\"userData\":" + userData);
    }

    @Test
    void theSnapshotListsTheOneSession() throws Exception {
        assertThat(alice.get("/api/v2/me/im-sessions?fields=*").text())
                .isEqualTo("{\"imSessions\":[],\"statusCode\":0}");
        String id = gws.agent("alice").talksTo("bob").id();
        assertThat(alice.get("/api/v2/me/im-sessions?fields=*").json().at("/imSessions/0/id").asText()).isEqualTo(id);
        assertThat(alice.get("/api/v2/me/im-sessions").json().at("/uris/0").asText())
                .isEqualTo(gws.url() + "/api/v2/im-sessions/" + id);
        assertThat(alice.get("/api/v2/me/im-sessions/" + id).json().at("/imSession/state").asText())
                .isEqualTo("Talking");
        assertThat(alice.get("/api/v2/me/im-sessions/" + id).json().path("imSession").has("userData")).isFalse();
    }

    private static void refused(HttpAgent.Answer answer, int httpStatus, int statusCode) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(httpStatus);
        assertThat(answer.json().path("statusCode").asInt()).isEqualTo(statusCode);
        assertThat(answer.json().path("statusMessage").asText()).isNotEmpty();
        assertThat(answer.json()).hasSize(2);
    }
}
