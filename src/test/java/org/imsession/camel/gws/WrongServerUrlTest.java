package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imsession.camel.gws.Agent.failure;

import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that is nearly right is told in one line, with what to write instead. */
class WrongServerUrlTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api/v2", "/api/v2/", "/api/v2/me", "/gw/api/v2", "/api/v3", "/API/V2", "/api"})
    void aServerUrlWithThePathOfTheApiIsRefusedWithWhatToGive(String path) {
        assertThatThrownBy(() -> GwsSettings.of("https://gws.example.com:8443" + path))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("serverUrl", "apiPath",
                        "Give scheme, host and port only, such as https://gws.example.com:8443");
    }

    @Test
    void aServerUrlWithThePathOfAnotherApiIsRefused() {
        assertThatThrownBy(() -> GwsSettings.of("https://gws.example.com/desk").withApiPath("/desk"))
                .hasMessageContaining("such as https://gws.example.com");
        assertThat(GwsSettings.of("https://gws.example.com/gateway/apis").server()).hasPath("/gateway/apis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example.com,https://b.example.com", "https://a.example.com;https://b.example.com",
        "https://a.example.com, https://b.example.com", "https://a.example.com https://b.example.com",
        "https://a.example.com,b.example.com"})
    void aServerUrlThatNamesTwoSitesIsRefusedWithTheWayToHaveThem(String list) {
        assertThatThrownBy(() -> GwsSettings.of(list)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("more than one server", "a route for each site");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 410})
    void underWhichThereIsNoApiIsToldWithTheAddressThatWasTried(int status) {
        Answer missing = Answer.json(status, "{\"statusCode\":6,\"statusMessage\":\"Not found\"}");
        try (LyingServer server = LyingServer.telling(missing);
             Agent alice = Agent.at(server.url() + "/desk", HttpSettings.defaults())) {
            assertThat(failure(alice.session().login())).hasMessageContainingAll("There is no GWS API at "
                    + server.url() + "/desk/api/v2 (HTTP " + status, "serverUrl", "apiPath");
        }
    }

    @Test
    void ofAnHttpPortWithHttpsIsToldAsThat() {
        try (LyingServer server = LyingServer.telling(Answer.status(400));
             Agent alice = Agent.at(server.url().replace("http:", "https:"), HttpSettings.defaults())) {
            assertThat(failure(alice.session().login())).hasMessageContaining("If that port is not for TLS");
        }
        try (LyingServer server = LyingServer.interrupting(Lie.raw("HTTP/1.1 400 Bad Request\r\n\r\n"));
             Agent alice = Agent.at(server.url(), HttpSettings.defaults())) {
            assertThat(failure(alice.session().login())).hasMessageContaining("If that port is not for TLS");
        }
    }

    @Test
    void ofAnHttpsPortWithHttpIsToldAsThatHoweverItAnswers() {
        for (Lie answer : new Lie[] {Lie.hangUp(), Lie.raw("\u0015\u0003\u0003\u0000\u0002\u0002\u0046"),
            Answer.html(400, "The plain HTTP request was sent to HTTPS port")}) {
            try (LyingServer server = LyingServer.telling(answer); Agent alice = Agent.at(server.url(), HttpSettings.defaults())) {
                assertThat(failure(alice.session().login()))
                        .hasMessageContaining("If that port is for TLS, begin serverUrl with https://");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"http://gws.example.com, true", "http://10.0.0.1:8080, true", "http://127.example.com, true",
        "HTTP://GWS, true", "http://[2001:db8::1], true", "http://localhost:1, false", "http://127.0.0.1:8080, false",
        "http://127.9.9.9, false", "http://[::1]:8080, false", "http://LOCALHOST, false",
        "https://gws.example.com, false"})
    void aServerUrlWithHttpIsKnownToBeReadableOnItsWay(String url, boolean readable) {
        assertThat(GwsSettings.of(url).inClear()).isEqualTo(readable);
    }
}
