package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Heard;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsrfTokenTest {

    private static final Answer DONE = Answer.json(200, "{\"statusCode\":0}");
    private static final List<String> PATH = List.of("me", "im-sessions");
    private static final Map<String, Object> OPERATION = Map.of("operationName", "InitiateIMSession");

    @Test
    void aCsrfTokenIsLearnedFromAGetAndSentWithEveryPostAlsoOfCometD() {
        try (LyingServer server = LyingServer.telling(withToken(Agent.CSRF)); Agent alice = Agent.at(server)) {
            result(alice.session().post(PATH, OPERATION));
            var cometd = alice.http().jetty().POST(server.url() + "/api/v2/notifications");
            alice.session().decorate(cometd);

            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(1).header("X-CSRF-TOKEN")).contains(Agent.CSRF);
            assertThat(cometd.getHeaders().get("X-CSRF-TOKEN")).isEqualTo(Agent.CSRF);
        }
    }

    @Test
    void followsTheServerWhenAnyGetBringsAnotherOne() {
        try (LyingServer server = LyingServer.telling(Lie.inOrder(withToken("first"), withToken("second"), DONE));
             Agent alice = Agent.at(server)) {
            result(alice.session().login());
            result(alice.session().get(List.of("me", "devices")));
            result(alice.session().post(PATH, OPERATION));

            assertThat(server.requests().get(2).header("X-CSRF-TOKEN")).contains("second");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Missing or invalid Csrf token",
            "{\"statusCode\":3,\"statusMessage\":\"Missing or invalid Csrf token\"}"})
    void aRefusedCsrfTokenIsReadAgainOnceAndTheRequestRepeatedOnce(String refusal) {
        try (LyingServer server = LyingServer.telling(Lie.inOrder(withToken("old"), Answer.json(403, refusal),
                withToken("new"), DONE)); Agent alice = Agent.at(server)) {
            result(alice.session().post(PATH, OPERATION));

            assertThat(server.requests()).extracting(Heard::method).containsExactly("GET", "POST", "GET", "POST");
            assertThat(server.requests().get(3).header("X-CSRF-TOKEN")).contains("new");
            assertThat(server.requests().get(3).body()).isEqualTo(server.requests().get(1).body()).isNotEmpty();
        }
    }

    @Test
    void aCsrfTokenThatIsRefusedAlsoFreshEndsInAClearError() {
        Lie refusing = (request, wire) -> (request.method().equals("GET") ? withToken(Agent.CSRF)
                : Answer.json(403, "Missing or invalid Csrf token " + Agent.CSRF)).tell(request, wire);
        try (LyingServer server = LyingServer.telling(refusing); Agent alice = Agent.at(server)) {
            GwsException failure = failure(alice.session().post(PATH, OPERATION));

            assertThat(failure.kind()).isEqualTo(Kind.CSRF_REFUSED);
            assertThat(failure.httpStatus()).isEqualTo(403);
            assertThat(failure).hasMessageContainingAll("CSRF", "alice", "cookies");
            assertThat(server.requests()).extracting(Heard::method).containsExactly("GET", "POST", "GET", "POST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Authorization", "Cookie", "Content-Length", "Transfer-Encoding", "X-CSRF TOKEN"})
    void aCsrfTokenCannotMakeUsSendAnotherHeader(String name) {
        Answer lie = LOGGED_IN.header("X-CSRF-HEADER", name).header(name.replace(' ', '-'), "7");
        Lie login = (request, wire) -> wire.write(new String(lie.bytes(), StandardCharsets.UTF_8)
                .replaceFirst("(Content|Transfer)-(Length|Encoding): 7\r\n", ""));
        try (LyingServer server = LyingServer.telling(Lie.inOrder(login, DONE)); Agent alice = Agent.at(server)) {
            result(alice.session().post(PATH, OPERATION));

            Heard post = server.requests().get(1);
            assertThat(post.headers()).noneMatch(field -> field.getValue().equals("7"));
            assertThat(post.json().get("operationName").asText()).isEqualTo("InitiateIMSession");
        }
    }

    @Test
    void theTextFormOfACsrfTokenHoldsNoValue() {
        assertThat(new CsrfToken("X-CSRF-TOKEN", Agent.CSRF).toString()).isEqualTo("X-CSRF-TOKEN");
    }

    private static Answer withToken(String token) {
        return LOGGED_IN.header("X-CSRF-HEADER", "X-CSRF-TOKEN").header("X-CSRF-TOKEN", token);
    }
}
