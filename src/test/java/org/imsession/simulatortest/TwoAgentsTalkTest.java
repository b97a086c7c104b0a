package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two agents log in, one calls the other, and each gets its own view of the session. */
class TwoAgentsTalkTest {

    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "hidden");

    private CometdAgent alice;
    private CometdAgent bob;
    private HttpAgent aliceHttp;

    @BeforeEach
    void bothListen() throws Exception {
        alice = new CometdAgent(gws, "alice", "secret", true);
        bob = new CometdAgent(gws, "bob", "hidden", true);
        assertThat(gws.agent("alice").awaitSubscribed(Duration.ofSeconds(5))).isTrue();
        assertThat(gws.agent("bob").awaitSubscribed(Duration.ofSeconds(5))).isTrue();
        aliceHttp = HttpAgent.loggedIn(gws, "alice", "secret");
    }

    @AfterEach
    void bothLeave() {
        alice.close();
        bob.close();
    }

    @Test
    void aSessionGoesFromTheCallToTheEndWithTheDocumentedNotifications() throws Exception {
        operate("", "{\"operationName\":\"InitiateIMSession\",\"destination\":{\"phoneNumber\":\""
                + gws.agent("bob").phoneNumber() + "\"},\"userData\":{\"favColor\":\"blue\"}}");
        assertThat(state(alice.next())).isEqualTo("StatusChange Initiating");
        Map<String, Object> talking = alice.next();
        assertThat(state(talking)).isEqualTo("StatusChange Talking");
        assertThat(state(bob.next())).isEqualTo("StatusChange Alerting");
        assertThat(state(bob.next())).isEqualTo("StatusChange Talking");
        assertThat(session(talking)).containsOnlyKeys("state", "userData", "id", "uri", "path", "participants",
                        "capabilities")
                .containsEntry("userData", Map.of("favColor", "blue"))
                .containsEntry("participants", List.of(Map.of("digits", "5002", "e164Number", "5002",
                        "formattedPhoneNumber", "5002", "phoneNumber", "5002")))
                .containsEntry("capabilities", List.of("Complete", "AttachUserData", "DeleteUserData",
                        "UpdateUserData", "SendMessage"));
        String id = (String) session(talking).get("id");
        assertThat(id).hasSize(32);
        assertThat(session(talking)).containsEntry("path", "/im-sessions/" + id)
                .containsEntry("uri", gws.url() + "/api/v2/im-sessions/" + id);

        operate("/" + id, "{\"operationName\":\"SendMessage\",\"text\":\"Hello Bob\",\"destination\":{"
                + "\"phoneNumber\":\"5002\"},\"devicePath\":\"" + gws.agent("alice").devicePath() + "\"}");
        Map<String, Object> expected = Map.of("messageType", "IMLogUpdateMessage", "notificationType", "NewMessage",
                "imSessionPath", "/im-sessions/" + id, "message", "Hello Bob");
        assertThat(bob.next()).isEqualTo(expected);
        assertThat(alice.next()).isEqualTo(expected);

        operate("/" + id, "{\"operationName\":\"AttachUserData\",\"userData\":{\"bestNumber\":\"3\"}}");
        operate("/" + id, "{\"operationName\":\"UpdateUserData\",\"userData\":{\"bestNumber\":\"5\"}}");
        operate("/" + id, "{\"operationName\":\"DeleteUserData\",\"key\":\"favColor\"}");
        operate("/" + id, "{\"operationName\":\"Complete\"}");
        for (CometdAgent each : List.of(alice, bob)) {
            assertThat(session(each.next())).containsEntry("userData", Map.of("favColor", "blue", "bestNumber", "3"));
            assertThat(session(each.next())).containsEntry("userData", Map.of("favColor", "blue", "bestNumber", "5"));
            Map<String, Object> deleted = each.next();
            assertThat(state(deleted)).isEqualTo("AttachedDataChanged Talking");
            assertThat(session(deleted)).containsEntry("userData", Map.of("bestNumber", "5"));
            assertThat(state(each.next())).isEqualTo("StatusChange Completed");
        }
        assertThat(gws.agent("alice").hasSession()).isFalse();
        assertThat(gws.agent("bob").hasSession()).isFalse();
    }

    @Test
    void aThirdAgentHearsNothing() throws Exception {
        gws.agent("carol", "x");
        try (CometdAgent carol = new CometdAgent(gws, "carol", "x", true)) {
            assertThat(gws.agent("carol").awaitSubscribed(Duration.ofSeconds(5))).isTrue();
            gws.agent("alice").talksTo("bob").says("Between us");
            alice.next();
            bob.next();
            gws.agent("carol").sendRaw("{\"last\":true}");
            assertThat(carol.next()).isEqualTo(Map.of("last", true));
        }
    }

    private void operate(String path, String body) throws Exception {
        HttpAgent.Answer answer = aliceHttp.post("/api/v2/me/im-sessions" + path, body);
        assertThat(answer.text()).isEqualTo("{\"statusCode\":0}");
        assertThat(answer.status()).isEqualTo(200);
    }

    private static String state(Map<String, Object> event) {
        return event.get("notificationType") + " " + session(event).get("state");
    }

    private static Map<String, Object> session(Map<String, Object> event) {
        return JSON.convertValue(event.get("imSession"), new TypeReference<>() { });
    }
}
