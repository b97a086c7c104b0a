package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers to the questions which sessions there are. */
class SnapshotTest {

    @Test
    void theSessionsOfTheDocumentationAreRead() {
        assertThat(Samples.JSON.readSessions(Samples.bytes("snapshot.json"))).singleElement().satisfies(session -> {
            assertThat(session.id()).isEqualTo("007MDF3D0KAHL93L807GK2LAES000001");
            assertThat(session.state()).isEqualTo(SessionState.TALKING);
            assertThat(session.userData()).isEmpty();
            assertThat(session.identityMismatch()).isFalse();
        });
    }

    @Test
    void noSessionIsAnEmptyList() {
        assertThat(Samples.JSON.readSessions("{\"statusCode\":0,\"imSessions\":[]}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{\"statusCode\":0,\"uris\":[]}                   | imSessions: missing",
        "{\"imSessions\":null}                            | imSessions: missing",
        "{\"imSessions\":{}}                              | imSessions: expected an array, found an object",
        "{\"imSessions\":[{\"id\":\"7\"},{\"id\":[]}]}    | imSessions[1].id: expected text, found an array",
        "{\"imSessions\":[{\"id\":\"7\"},7]}              | imSessions[1]: expected an object, found a number",
        "{\"imSessions\":[{}]}                            | imSessions[0]: neither an id nor a path",
        "{\"imSessions\":[],\"a\":1,\"a\":1}              | *: the same name twice",
        "{\"imSessions\":[]                               | imSessions: not JSON, the text ends in the middle",
        "<html>Please log in</html>                       | not JSON at character",
    })
    void whatIsNoListOfSessionsIsRefusedWithItsPlace(String body, String reason) {
        assertThatThrownBy(() -> Samples.JSON.readSessions(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedMessageException.class).hasMessageStartingWith(reason);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        assertThatThrownBy(() -> Samples.JSON.readSessions(new byte[] {'{', (byte) 0xff, '}'}))
                .isInstanceOf(MalformedMessageException.class).hasMessageStartingWith("not UTF-8 at byte 2");
    }

    @Test
    void oneSessionIsReadFromItsTree() throws Exception {
        JsonNode body = new ObjectMapper().readTree("{\"statusCode\":0,\"imSession\":{\"id\":\"7\",\"x\":1},\"y\":2}");
        IMSession session = Samples.JSON.readSession(body);

        assertThat(session.id()).isEqualTo("7");
        assertThat(session.other()).containsEntry("x", 1);
        assertThatThrownBy(() -> Samples.JSON.readSession(body.get("imSession")))
                .isInstanceOf(MalformedMessageException.class).hasMessageStartingWith("imSession: missing");
    }
}
