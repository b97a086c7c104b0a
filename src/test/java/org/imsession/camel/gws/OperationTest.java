package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.util.List;
import java.util.Map;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Heard;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.imsession.camel.model.IMSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationTest {

    private static final List<String> PATH = List.of("me", "im-sessions");
    private static final Map<String, Object> OPERATION = Map.of("operationName", "InitiateIMSession");

    @Test
    void anOperationIsPostedAsJsonAfterALogin() {
        Answer answer = Answer.json(200, "{\"statusCode\":0,\"referenceId\":68}");
        try (LyingServer server = LyingServer.telling(Lie.inOrder(LOGGED_IN, answer)); Agent alice = Agent.at(server)) {
            GwsAnswer accepted = result(alice.session().post(PATH, OPERATION));

            Heard post = server.requests().get(1);
            assertThat(post.method()).isEqualTo("POST");
            assertThat(post.target()).isEqualTo("/api/v2/me/im-sessions");
            assertThat(post.header("Content-Type")).contains("application/json");
            assertThat(post.json()).hasToString("{\"operationName\":\"InitiateIMSession\"}");
            assertThat(accepted.status()).isEqualTo(GwsStatus.OK);
            assertThat(accepted.members()).containsEntry("referenceId", 68);
        }
    }

    @ParameterizedTest
    @CsvSource({"400, 2, INVALID_STATE, OPERATION_REFUSED", "200, 1, PARAMETER_MISSING, OPERATION_REFUSED",
        "403, 5, NO_PERMISSION, OPERATION_REFUSED", "404, 6, NOT_FOUND, OPERATION_REFUSED",
        "500, 4, INTERNAL_ERROR, SERVER_ERROR", "500, 0, OK, SERVER_ERROR", "503, 4, INTERNAL_ERROR, SERVER_ERROR",
        "200, 77, UNKNOWN, OPERATION_REFUSED"})
    void anOperationThatGwsRefusesIsReportedWithItsStatusAndWords(int http, int code, GwsStatus status, Kind kind) {
        Answer refusal = Answer.json(http, "{\"statusCode\":" + code
                + ",\"statusMessage\":\"Device '5001' is\\r\\nnot registered.\"}");
        try (LyingServer server = LyingServer.telling(Lie.inOrder(LOGGED_IN, refusal));
             Agent alice = Agent.at(server)) {
            GwsException failure = failure(alice.session().post(PATH, OPERATION));

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.httpStatus()).isEqualTo(http);
            assertThat(failure.statusCode()).isEqualTo(code);
            assertThat(failure.status()).isEqualTo(status);
            assertThat(failure.getMessage()).contains("statusCode " + code, status.meaning(), "Device '5001' is")
                    .doesNotContain("\n", "\r");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void whoseRefusalEchoesOurSecretsDoesNotPassThemOn() {
        Lie echo = (request, wire) -> {
            if (request.method().equals("GET")) {
                LOGGED_IN.header("X-CSRF-HEADER", "X-CSRF-TOKEN").header("X-CSRF-TOKEN", Agent.CSRF)
                        .tell(request, wire);
            } else {
                Answer.json(400, "{\"statusCode\":10,\"statusMessage\":\"bad: " + Agent.BASIC + " " + Agent.PASSWORD
                        + " " + Agent.COOKIE + " " + Agent.CSRF + "\"}").tell(request, wire);
            }
        };
        try (LyingServer server = LyingServer.telling(echo); Agent alice = Agent.at(server)) {
            assertThat(failure(alice.session().post(PATH, OPERATION))).hasMessageContaining("bad: *** *** *** ***");
        }
    }

    @Test
    void aVeryLongStatusMessageIsCut() {
        Answer refusal = Answer.json(400, "{\"statusCode\":10,\"statusMessage\":\"" + "x".repeat(5000) + "\"}");
        try (LyingServer server = LyingServer.telling(Lie.inOrder(LOGGED_IN, refusal));
             Agent alice = Agent.at(server)) {
            assertThat(failure(alice.session().post(PATH, OPERATION)).getMessage()).hasSizeLessThan(400);
        }
    }

    @Test
    void startingAContactCenterSessionAcceptsPartialSuccess() {
        Answer partial = Answer.json(200, """
                {"statusCode":7,"failed":[{"statusCode":4,"statusMessage":"Interaction server is not there",
                "channel":"multimedia"}],"succeeded":[{"statusCode":0,"channel":"voice"}]}""");
        try (LyingServer server = LyingServer.telling(Lie.inOrder(LOGGED_IN, partial));
             Agent alice = Agent.at(server)) {
            ContactCenterSession started = result(alice.session()
                    .startContactCenterSession(List.of("voice", "chat"), "place-1"));

            assertThat(server.requests().get(1).target()).isEqualTo("/api/v2/me");
            assertThat(server.requests().get(1).json()).hasToString("{\"operationName\":\"StartContactCenterSession\","
                    + "\"channels\":[\"voice\",\"chat\"],\"place\":\"place-1\"}");
            assertThat(started.succeeded()).containsExactly("voice");
            assertThat(started.failed()).containsExactly(new ContactCenterSession.Refusal("multimedia",
                    GwsStatus.INTERNAL_ERROR, "Interaction server is not there"));
        }
    }

    @Test
    void theSessionsOfTheAgentAreReadWithAllFields() {
        Answer list = Answer.json(200, """
                {"imSessions":[{"id":"1","state":"Talking"},{"id":"2","state":"Alerting"}],"statusCode":0}""");
        try (LyingServer server = LyingServer.telling(Lie.inOrder(LOGGED_IN, list)); Agent alice = Agent.at(server)) {
            assertThat(result(alice.session().sessions())).extracting(IMSession::id).containsExactly("1", "2");
            assertThat(server.requests().get(1).target()).isEqualTo("/api/v2/me/im-sessions?fields=*");
        }
    }

    @Test
    void afterForgettingTheNextOneLogsInAgainWithoutOldCookies() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            result(alice.session().login());
            alice.session().forget();
            assertThat(alice.session().isLoggedIn()).isFalse();
            result(alice.session().get(List.of("me")));

            assertThat(server.requests()).hasSize(3);
            assertThat(server.requests().get(1).header("Cookie")).isEmpty();
            assertThat(server.requests().get(1).header("Authorization")).contains(Agent.BASIC);
        }
    }
}
