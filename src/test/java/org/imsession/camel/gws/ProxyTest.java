package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Certificates;
import org.imsession.camel.brokenserver.Heard;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.brokenserver.Tunnel;
import org.imsession.camel.gws.GwsException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {

    private static final String BASIC = "Basic " + Base64.getEncoder()
            .encodeToString(("edge:" + Agent.PROXY_PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final Answer WANTS_CREDENTIALS = Answer.html(407, Agent.PAGE)
            .header("Proxy-Authenticate", "Basic realm=\"edge\"");

    @Test
    void httpsGoesThroughATunnelAndTheProxysPasswordStaysOutside(@TempDir Path folder) {
        Certificates certificates = new Certificates(folder);
        try (LyingServer server = LyingServer.telling(LOGGED_IN, certificates.forLoopback());
             LyingServer proxy = LyingServer.telling(asking(Tunnel.to(server)));
             Agent alice = Agent.at("https://127.0.0.1:" + server.port(),
                     through(proxy, Agent.PROXY_PASSWORD).withSslContext(certificates.trusted()))) {
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
    void aWordOfAnOperatorBeforeAnyRefusalIsNoLeaveToSendRefusedOnesAgain() {
        ProxyRefusals refusals = new ProxyRefusals(true, () -> 0);
        refusals.onceMore();
        refusals.refused();
        assertThat(refusals.maySend()).isFalse();
        refusals.onceMore();
        assertThat(refusals.maySend()).isTrue();
        assertThat(refusals.maySend()).isFalse();
    }

    @Test
    void refusedProxyCredentialsAreSentASecondTimeAfterFiveMinutesAndThenNeverUnlessAccepted() {
        AtomicLong now = new AtomicLong();
        ProxyRefusals refusals = new ProxyRefusals(true, now::get);
        assertThat(refusals.maySend()).isTrue();
        refusals.refused();
        now.addAndGet(ProxyRefusals.PAUSE.toNanos() - 1);
        assertThat(refusals.maySend()).isFalse();
        now.addAndGet(1);
        assertThat(refusals.maySend()).isTrue();
        assertThat(refusals.maySend()).isFalse();
        refusals.refused();
        now.addAndGet(ProxyRefusals.PAUSE.toNanos() * 100);
        assertThat(refusals.maySend()).isFalse();
        refusals.accepted();
        assertThat(refusals.maySend()).isTrue();
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

    private static Lie asking(Lie allowed) {
        return (request, wire) -> (request.header("Proxy-Authorization").filter(BASIC::equals).isPresent()
                ? allowed : WANTS_CREDENTIALS).tell(request, wire);
    }

    private static HttpSettings through(LyingServer proxy, String password) {
        return HttpSettings.defaults().withProxy(new ProxySettings("127.0.0.1", proxy.port(),
                password.isEmpty() ? "" : "edge", password));
    }
}
