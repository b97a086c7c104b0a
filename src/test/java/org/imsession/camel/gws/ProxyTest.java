package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Certificates;
import org.imsession.camel.brokenserver.Heard;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.brokenserver.Tunnel;
import org.imsession.camel.gws.GwsException.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {

    private static final String BASIC = "Basic " + Base64.getEncoder()
            .encodeToString(("edge:" + Agent.PROXY_PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final Answer WANTS_CREDENTIALS = Answer.html(407, Agent.PAGE)
            .header("Proxy-Authenticate", "Basic realm=\"edge\"");

    private static SSLContext certified;
    private static SSLContext trusted;

    @BeforeAll
    static void issue(@TempDir Path folder) {
        Certificates certificates = new Certificates(folder);
        certified = certificates.forLoopback();
        trusted = certificates.trusted();
    }

    @Test
    void httpsGoesThroughATunnelAndTheProxysPasswordStaysOutside() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN, certified);
             LyingServer proxy = LyingServer.telling(asking(Tunnel.to(server)));
             Agent alice = Agent.at("https://127.0.0.1:" + server.port(),
                     through(proxy, Agent.PROXY_PASSWORD).withSslContext(trusted))) {
            assertThat(result(alice.session().login()).userName()).isEqualTo("alice");

            Heard connect = proxy.requests().get(0);
            assertThat(connect.method()).isEqualTo("CONNECT");
            assertThat(connect.target()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(connect.header("Authorization")).isEmpty();
            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().get(0).header("Proxy-Authorization")).isEmpty();
            assertThat(server.requests().get(0).header("Authorization")).contains(Agent.BASIC);
        }
    }

    /** Only 200 did, and the proxy's owner was told to allow the server. */
    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 206, 226, 299})
    void any2xxOpensATunnel(int status) {
        try (LyingServer server = LyingServer.telling(LOGGED_IN, certified);
             LyingServer proxy = LyingServer.telling(asking(Tunnel.to(server, status)));
             Agent alice = Agent.at("https://127.0.0.1:" + server.port(),
                     through(proxy, Agent.PROXY_PASSWORD).withSslContext(trusted))) {
            assertThat(result(alice.session().login()).userName()).isEqualTo("alice");
            assertThat(server.requests()).hasSize(1);
            assertThat(proxy.requests()).extracting(Heard::method).containsExactly("CONNECT");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 305, 400, 403, 502, 504})
    void noOtherStatusDoes(int status) {
        try (LyingServer proxy = LyingServer.telling(asking(Answer.html(status, Agent.PAGE)
                     .header("Location", "https://elsewhere.invalid/")));
             Agent alice = Agent.at("https://gws.invalid", through(proxy, Agent.PROXY_PASSWORD))) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.PROXY_REFUSED);
            assertThat(failure.httpStatus()).isEqualTo(status);
            assertThat(failure.mayHaveBeenDone()).isFalse();
            assertThat(proxy.requests()).hasSize(1);
        }
    }

    @Test
    void httpIsForwardedWithTheProxysPasswordAtOnce() {
        try (LyingServer proxy = LyingServer.telling(asking(LOGGED_IN));
             Agent alice = Agent.at("http://gws.invalid:8090", through(proxy, Agent.PROXY_PASSWORD))) {
            result(alice.session().get(List.of("me", "devices")));

            assertThat(proxy.requests()).extracting(Heard::target).containsExactly(
                    "http://gws.invalid:8090/api/v2/me?subresources=features,devices",
                    "http://gws.invalid:8090/api/v2/me/devices");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "http"})
    void aProxyThatRefusesItsPasswordIsToldFromAServerThatDoes(String scheme) {
        try (LyingServer proxy = LyingServer.telling(WANTS_CREDENTIALS);
             Agent alice = Agent.at(scheme + "://gws.invalid", through(proxy, Agent.PROXY_PASSWORD))) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.PROXY_REFUSED);
            assertThat(failure.httpStatus()).isEqualTo(407);
            assertThat(failure).hasMessageContainingAll(scheme + "://gws.invalid", "127.0.0.1:" + proxy.port(),
                    "credentials of the proxy");
            assertThat(proxy.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "http"})
    void refusedProxyCredentialsAreNotSentAgainUntilAnOperatorSaysSo(String scheme) {
        try (LyingServer proxy = LyingServer.telling(WANTS_CREDENTIALS);
             Agent alice = Agent.at(scheme + "://gws.invalid", through(proxy, Agent.PROXY_PASSWORD))) {
            for (int i = 0; i < 5; i++) {
                assertThat(failure(alice.session().login()).kind()).isEqualTo(Kind.PROXY_REFUSED);
                assertThat(failure(alice.another().login()).kind()).isEqualTo(Kind.PROXY_REFUSED);
            }
            assertThat(proxy.requests()).hasSize(1);

            alice.session().sendAgain();
            for (int i = 0; i < 5; i++) {
                assertThat(failure(alice.session().login()).mayHaveBeenDone()).isFalse();
            }
            assertThat(proxy.requests()).hasSize(2);
        }
    }

    @Test
    void aProxyThatDoesNotAllowTheServerSaysSo() {
        try (LyingServer proxy = LyingServer.telling(Answer.html(403, Agent.PAGE));
             Agent alice = Agent.at("https://gws.invalid", through(proxy, ""))) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.PROXY_REFUSED);
            assertThat(failure.httpStatus()).isEqualTo(403);
            assertThat(failure).hasMessageContaining("tunnel");
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() {
        LyingServer proxy = LyingServer.telling(Lie.silence());
        proxy.close();
        try (Agent alice = Agent.at("https://gws.invalid", through(proxy, ""))) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining("proxy 127.0.0.1:" + proxy.port());
        }
    }

    @Test
    void theTextFormOfAProxyHoldsNoPassword() {
        assertThat(new ProxySettings("proxy", 3128, "edge", Agent.PROXY_PASSWORD)).hasToString("proxy:3128");
    }

    /** Each client counted anew, and all that was under way at the first refusal had sent them. */
    @ParameterizedTest
    @ValueSource(strings = {"https", "http"})
    void manyAgentsOfSeveralClientsSendARefusedPasswordOnce(String scheme) {
        Lie slow = (request, wire) -> {
            wire.pause(300);
            WANTS_CREDENTIALS.tell(request, wire);
        };
        try (LyingServer proxy = LyingServer.telling(slow);
             Agent first = Agent.at(scheme + "://gws.invalid", through(proxy, Agent.PROXY_PASSWORD));
             Agent second = Agent.at(scheme + "://other.invalid", through(proxy, Agent.PROXY_PASSWORD)
                     .withConnectTimeout(Duration.ofSeconds(7)))) {
            List<CompletableFuture<LoggedInAgent>> logins = Stream.of(first, second).flatMap(each ->
                    Stream.generate(each::another).limit(30)).map(GwsSession::login).toList();
            assertThat(logins).allSatisfy(login -> assertThat(failure(login).kind()).isEqualTo(Kind.PROXY_REFUSED));
            assertThat(proxy.requests()).hasSize(1);

            try (Agent restarted = Agent.at(scheme + "://gws.invalid", through(proxy, Agent.PROXY_PASSWORD))) {
                assertThat(failure(restarted.session().login())).hasMessageContaining("not sent again yet");
                assertThat(restarted.session().nextTry().orElseThrow()).isPositive();
                assertThat(result(restarted.session().credentialChanged())).isFalse();
            }
            assertThat(proxy.requests()).hasSize(1);
        }
    }

    @Test
    void anotherProxyPasswordIsSentAtOnce() {
        try (LyingServer proxy = LyingServer.telling(asking(LOGGED_IN));
             Agent wrong = Agent.at("http://gws.invalid", through(proxy, "wr0ng"));
             Agent right = Agent.at("http://gws.invalid", through(proxy, Agent.PROXY_PASSWORD))) {
            assertThat(failure(wrong.session().login()).kind()).isEqualTo(Kind.PROXY_REFUSED);
            assertThat(result(right.session().login()).userName()).isEqualTo("alice");
            assertThat(failure(wrong.session().login()).kind()).isEqualTo(Kind.PROXY_REFUSED);
            assertThat(proxy.requests()).hasSize(2);
        }
    }

    @Test
    void aTunnelThatIsOpenGoesOnWhileNoOtherIsOpened() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN, certified);
             LyingServer proxy = LyingServer.telling(Lie.inOrder(asking(Tunnel.to(server)), WANTS_CREDENTIALS));
             Agent alice = Agent.at("https://127.0.0.1:" + server.port(),
                     through(proxy, Agent.PROXY_PASSWORD).withSslContext(trusted));
             Agent bob = Agent.at("https://gws.invalid", through(proxy, Agent.PROXY_PASSWORD))) {
            result(alice.session().login());
            assertThat(failure(bob.session().login()).kind()).isEqualTo(Kind.PROXY_REFUSED);
            result(alice.session().get(List.of("me")));
            assertThat(proxy.requests()).hasSize(2);
        }
    }

    private static Lie asking(Lie allowed) {
        return (request, wire) -> (request.header("Proxy-Authorization").filter(BASIC::equals).isPresent()
                ? allowed : WANTS_CREDENTIALS).tell(request, wire);
    }

    private static HttpSettings through(LyingServer proxy, String password) {
        return HttpSettings.defaults().withProxy(new ProxySettings("127.0.0.1", proxy.port(),
                password.isEmpty() ? "" : "edge", password));
    }
}
