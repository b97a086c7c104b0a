package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.UpgradeProtocolHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GwsHttpClientTest {

    @Test
    void theThreadsOfTheClientAreNamedAndDoNotKeepTheJvm() {
        CountDownLatch listened = new CountDownLatch(1);
        Lie late = (heard, wire) -> {
            listened.await();
            LOGGED_IN.tell(heard, wire);
        };
        try (LyingServer server = LyingServer.telling(late); Agent alice = Agent.at(server)) {
            CompletableFuture<Thread> answered = alice.session().login().thenApply(login -> Thread.currentThread());
            listened.countDown(); // what ends before somebody listens is heard by the listener's own thread
            Thread thread = result(answered);

            assertThat(thread.getName()).startsWith("imsession-http");
            assertThat(thread.isDaemon()).isTrue();
        }
    }

    @Test
    void theClientKeepsItsRulesOverARestart() throws Exception {
        Answer lie = Answer.status(401).header("Set-Cookie", "LEAK=1;Path=/");
        try (LyingServer server = LyingServer.telling(lie); Agent alice = Agent.at(server)) {
            alice.http().jetty().stop();
            alice.http().jetty().start();

            assertThat(failure(alice.session().login()).kind()).isEqualTo(Kind.CREDENTIALS_REFUSED);
            assertThat(alice.http().jetty().getHttpCookieStore().all()).isEmpty();
            assertThat(alice.http().jetty().isFollowRedirects()).isFalse();
            assertThat(alice.http().jetty().getProtocolHandlers().remove("upgrade"))
                    .isInstanceOf(UpgradeProtocolHandler.class);
        }
    }

    /** Such as one that gets no more threads: each further try would leave the threads that it had got. */
    @Test
    void aClientThatCannotStartLeavesNothing() {
        AtomicReference<HttpClient> made = new AtomicReference<>();
        try (GwsHttpClient http = new GwsHttpClient(HttpSettings.defaults(), access -> {
            made.set(new HttpClient() {

                @Override
                protected void doStart() throws Exception {
                    super.doStart();
                    throw new OutOfMemoryError("unable to create native thread");
                }
            });
            return made.get();
        })) {
            assertThatThrownBy(http::jetty).isInstanceOf(OutOfMemoryError.class);
            assertThat(((QueuedThreadPool) made.get().getExecutor()).isRunning()).isFalse();
        }
    }

    @Test
    void theClientHoldsAConnectionForEachOfManyLongPolls() {
        int many = 200;
        try (LyingServer server = LyingServer.telling(Lie.at("/held", Lie.silence(), LOGGED_IN));
             Agent alice = Agent.at(server)) {
            for (int i = 0; i < many; i++) {
                alice.http().newRequest(URI.create(server.url() + "/held")).send(result -> { });
            }

            assertThat(result(alice.session().login()).userName()).isEqualTo("alice");
        }
    }

    @Test
    void aRequestKeepsTheAddressThatAllAgentsHave() {
        try (GwsHttpClient http = new GwsHttpClient(HttpSettings.defaults())) {
            URI address = http.shared("http://gws.example.com/api/v2/notifications/connect?a=b");
            Request request = http.newRequest(address);

            assertThat(request.getURI()).isSameAs(address);
            assertThat(request.path("/other").getURI()).hasPath("/other");
            assertThat(http.newRequest(address).host("elsewhere").scheme("https").port(1).getURI())
                    .isEqualTo(URI.create("https://elsewhere:1/api/v2/notifications/connect?a=b"));
            assertThat(http.newRequest(address).param("c", "d").getURI()).hasQuery("a=b&c=d");
        }
    }

    /** What makes the field Host; gateways choose by it. */
    @ParameterizedTest
    @CsvSource({"http://h:80/a, h", "https://h:443/a, h", "http://h:443/a, h:443", "https://h/a, h",
            "http://h:8080/a, h:8080"})
    void aPortThatGoesWithoutSayingIsNotToldTheServer(String address, String authority) {
        try (GwsHttpClient http = new GwsHttpClient(HttpSettings.defaults())) {
            assertThat(http.newRequest(URI.create(address)).getURI().getAuthority()).isEqualTo(authority);
        }
    }

    @Test
    void impossibleSettingsAreRefusedByName() {
        HttpSettings settings = HttpSettings.defaults();

        assertThatIllegalArgumentException().isThrownBy(() -> settings.withConnectTimeout(Duration.ZERO))
                .withMessageContaining("connectTimeout");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withMaxConnections(0))
                .withMessageContaining("maxConnections");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withMaxThreads(1))
                .withMessageContaining("maxThreads");
        assertThatIllegalArgumentException().isThrownBy(() -> new ProxySettings("proxy", 0))
                .withMessageContaining("proxy");
    }
}
