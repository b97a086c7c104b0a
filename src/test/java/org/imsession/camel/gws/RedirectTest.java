package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Certificates;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can answer for the server could otherwise have the agent's credential sent anywhere. */
class RedirectTest {

    @Test
    void fromHttpsToHttpReachesNobody(@TempDir Path folder) {
        Certificates certificates = new Certificates(folder);
        try (LyingServer foreign = LyingServer.telling(LOGGED_IN);
             LyingServer server = LyingServer.telling(
                     Answer.redirect(302, foreign.url() + "/api/v2/me?token=" + Agent.CSRF),
                     certificates.forLoopback());
             Agent alice = Agent.at(server.url(), HttpSettings.defaults().withSslContext(certificates.trusted()))) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.REDIRECTED);
            assertThat(failure).hasMessageContainingAll(server.url(), foreign.url(), "not followed");
            assertThat(foreign.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void toAnotherHostReachesNobody(int status) {
        try (LyingServer foreign = LyingServer.telling(LOGGED_IN);
             LyingServer server = LyingServer.telling(Lie.inOrder(LOGGED_IN,
                     Answer.redirect(status, foreign.url("localhost") + "/x")));
             Agent alice = Agent.at(server)) {
            GwsException failure = failure(alice.session().post(List.of("me"), Map.of("operationName", "x")));

            assertThat(failure.kind()).isEqualTo(Kind.REDIRECTED);
            assertThat(failure.httpStatus()).isEqualTo(status);
            assertThat(failure).hasMessageContaining(foreign.url("localhost"));
            assertThat(foreign.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login?ticket=" + Agent.CSRF, "//user:" + Agent.PASSWORD + "@127.0.0.1/x", "%%%", "",
            "mailto:" + Agent.PASSWORD})
    void namesNoMoreThanSchemeAndHost(String location) {
        try (LyingServer server = LyingServer.telling(Answer.redirect(302, location)); Agent alice = Agent.at(server)) {
            assertThat(failure(alice.session().login()).kind()).isEqualTo(Kind.REDIRECTED);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void ofACometDRequestToAnotherServerTakesNothingAlong() {
        try (LyingServer foreign = LyingServer.telling(LOGGED_IN);
             LyingServer server = LyingServer.telling(LOGGED_IN.header("X-CSRF-HEADER", "X-CSRF-TOKEN")
                     .header("X-CSRF-TOKEN", Agent.CSRF));
             Agent alice = Agent.at(server)) {
            Agent.result(alice.session().login());
            var request = alice.http().jetty().POST(foreign.url() + "/api/v2/notifications")
                    .headers(headers -> headers.put("Cookie", "JSESSIONID=" + Agent.COOKIE));
            alice.session().decorate(request);

            assertThat(request.getHeaders().toString()).doesNotContain(Agent.COOKIE, Agent.CSRF);
        }
    }
}
