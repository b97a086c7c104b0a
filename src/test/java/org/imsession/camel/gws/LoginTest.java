package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.imsession.camel.model.AgentDevice;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;
import org.junit.jupiter.api.Test;

class LoginTest {

    @Test
    void theCredentialIsSentAtOnceAndOnlyToTheLogin() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            result(alice.session().login());
            result(alice.session().get(List.of("me", "devices")));

            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(0).target()).isEqualTo("/api/v2/me?subresources=features,devices");
            assertThat(server.requests().get(0).header("Authorization")).contains(Agent.BASIC);
            assertThat(server.requests().get(0).header("User-Agent")).contains("camel-imsession");
            assertThat(server.requests().get(1).target()).isEqualTo("/api/v2/me/devices");
            assertThat(server.requests().get(1).header("Authorization")).isEmpty();
            assertThat(server.requests().get(1).header("Cookie")).contains("JSESSIONID=" + Agent.COOKIE);
        }
    }

    @Test
    void theLoginTellsWhoItIsAndWhichDevicesThereAre() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            LoggedInAgent login = result(alice.session().login());

            assertThat(login.userId()).isEqualTo("u1");
            assertThat(login.userName()).isEqualTo("alice");
            assertThat(login.instantMessaging()).contains(true);
            assertThat(login.devices()).containsExactly(new AgentDevice("d1", "5001", "Ready"));
            assertThat(login.devices().get(0).path()).isEqualTo("/devices/d1");
            assertThat(alice.session().isLoggedIn()).isTrue();
        }
    }

    @Test
    void callsAtTheSameTimeShareOneLogin() {
        CountDownLatch allAsked = new CountDownLatch(1);
        try (LyingServer server = LyingServer.telling((request, wire) -> {
            allAsked.await();
            LOGGED_IN.tell(request, wire);
        }); Agent alice = Agent.at(server)) {
            List<CompletableFuture<LoggedInAgent>> logins = IntStream.range(0, 50)
                    .mapToObj(i -> alice.session().login()).toList();
            allAsked.countDown();

            logins.forEach(Agent::result);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aLoginThatOneCallerGivesUpGoesOnForTheOthers() {
        CountDownLatch givenUp = new CountDownLatch(1);
        try (LyingServer server = LyingServer.telling((request, wire) -> {
            givenUp.await();
            LOGGED_IN.tell(request, wire);
        }); Agent alice = Agent.at(server)) {
            CompletableFuture<LoggedInAgent> first = alice.session().login();
            CompletableFuture<LoggedInAgent> second = alice.session().login();
            first.cancel(true);
            givenUp.countDown();

            assertThat(result(second).userName()).isEqualTo("alice");
        }
    }

    @Test
    void anAgentWithoutTheFeatureIsToldSo() {
        Answer without = Answer.json(200, """
                {"statusCode":0,"user":{"userName":"alice","features":[{"id":"api-voice"}]}}""");
        try (LyingServer server = LyingServer.telling(without); Agent alice = Agent.at(server)) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.FEATURE_MISSING);
            assertThat(failure.retryable()).isFalse();
            assertThat(failure).hasMessageContainingAll("alice", "api-voice-instant-messaging", "assigned");
            assertThat(alice.session().isLoggedIn()).isFalse();
        }
    }

    @Test
    void aServerThatListsNoFeaturesIsBelieved() {
        try (LyingServer server = LyingServer.telling(Answer.json(200, "{\"statusCode\":0,\"user\":{\"id\":\"u1\"}}"));
             Agent alice = Agent.at(server)) {
            assertThat(result(alice.session().login()).instantMessaging()).isEmpty();
        }
    }

    @Test
    void aBearerTokenGoesWithEveryRequestAlsoOfCometD() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN);
             Agent alice = Agent.with(Agent.settings(server.url()), HttpSettings.defaults(),
                     agent -> CompletableFuture.completedFuture(new Credential.BearerToken("t0ken")))) {
            result(alice.session().login());
            result(alice.session().get(List.of("me", "devices")));
            var cometd = alice.http().jetty().POST(server.url() + "/api/v2/notifications");
            alice.session().decorate(cometd);

            assertThat(server.requests()).allSatisfy(request ->
                    assertThat(request.header("Authorization")).contains("Bearer t0ken"));
            assertThat(cometd.getHeaders().get("Authorization")).isEqualTo("Bearer t0ken");
        }
    }

    @Test
    void aServerWithoutHttpSessionsGetsThePasswordEachTime() {
        Answer cookieless = Answer.json(200, "{\"statusCode\":0,\"user\":{\"id\":\"u1\"}}");
        try (LyingServer server = LyingServer.telling(cookieless); Agent alice = Agent.at(server)) {
            result(alice.session().get(List.of("me", "devices")));

            assertThat(server.requests()).hasSize(2).allSatisfy(request ->
                    assertThat(request.header("Authorization")).contains(Agent.BASIC));
        }
    }

    @Test
    void aProviderThatFailsOrNeverAnswersIsNamedWithoutItsWords() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN)) {
            List<AgentCredentials> providers = List.of(
                    agent -> { throw new IllegalStateException(Agent.PASSWORD); },
                    agent -> CompletableFuture.failedFuture(new IllegalStateException(Agent.PASSWORD)),
                    agent -> CompletableFuture.completedFuture(null),
                    agent -> null,
                    agent -> new CompletableFuture<>());
            for (AgentCredentials provider : providers) {
                try (Agent alice = Agent.with(Agent.settings(server.url()), HttpSettings.defaults(), provider)) {
                    GwsException failure = failure(alice.session().login());
                    assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS_UNAVAILABLE);
                    assertThat(failure).hasMessageContaining("alice");
                }
            }
            assertThat(server.requests()).isEmpty();
        }
    }
}
