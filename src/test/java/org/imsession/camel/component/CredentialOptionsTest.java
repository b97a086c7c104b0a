package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.brokenserver.Certificates;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Passwords, tokens and certificates as options: what is given is what is sent, and to the right server only. */
class CredentialOptionsTest {

    @TempDir
    static Path folder;
    private static SSLContext trusted;
    private static SSLContext loopback;
    private static SSLContext another;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "p&w+% d\u00fc");

    @BeforeAll
    static void issue() {
        Certificates authority = new Certificates(folder);
        trusted = authority.trusted();
        loopback = authority.forLoopback();
        another = authority.forAnotherHost();
    }

    @Test
    void aRawPasswordArrivesAtTheServerAsItIs() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(
                ListeningRoute.uri(gws, "alice", "password=RAW(p&w+% d\u00fc)"))) {
            route.awaitState("LIVE");
        }
    }

    @Test
    void anotherUsernameThanTheAgentCanBeGiven() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "support-desk",
                "password=RAW(p&w+% d\u00fc)", "username=alice"))) {
            route.awaitState("LIVE");
            gws.agent("alice").session().says("Hello");
            assertThat(route.inbox().take().getIn().getHeader("CamelIMSessionAgent")).isEqualTo("support-desk");
        }
    }

    @Test
    void aTokenFromABeanIsSentWithEveryRequestAndAskedForAtEachLogin() throws Exception {
        gws.agent("alice").token("first-token");
        String[] token = { "first-token" };
        AgentCredentials credentials = agent -> {
            assertThat(agent).isEqualTo("alice");
            return CompletableFuture.completedFuture(new Credential.BearerToken(token[0]));
        };
        try (ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.getRegistry().bind("tokens", credentials))
                .add("listening", ListeningRoute.uri(gws, "alice", "password=", "credentials=#tokens")).start()) {
            route.awaitSettled();
            assertThat(gws.requests().requests(Step.CONNECT)).allMatch(request ->
                    request.header("Authorization").orElse("").equals("Bearer first-token"));
            token[0] = "second-token";
            gws.agent("alice").revokeTokens().token("second-token").expireHttpSession();
            gws.agent("alice").session().says("Hello");
            assertThat(route.inbox().takeText()).isEqualTo("Hello");
            // a connect that was on its way may bring the text before the server looks at the login again
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(gws.requests().last(Step.LOGIN).orElseThrow().header("Authorization"))
                            .contains("Bearer second-token"));
        }
    }

    @Test
    void aSourceThatFailsIsAskedAgainAndItsMessageIsNotRepeated() throws Exception {
        int[] asked = new int[1];
        AgentCredentials credentials = agent -> {
            if (asked[0]++ < 2) {
                throw new IllegalStateException("vault says: s3cret");
            }
            CompletionStage<Credential> later = new CompletableFuture<Credential>().completeOnTimeout(
                    new Credential.Password("alice", "p&w+% d\u00fc"), 50, TimeUnit.MILLISECONDS);
            return later;
        };
        try (ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.getRegistry().bind("vault", credentials))
                .add("listening", ListeningRoute.uri(gws, "alice", "password=", "credentials=#vault",
                        "reconnectDelay=200", "reconnectJitter=0")).start()) {
            route.awaitState("BACKING_OFF");
            assertThat(route.consumer().getFeedReason()).contains("credentials provider failed")
                    .doesNotContain("s3cret");
            route.awaitState("LIVE");
        }
    }

    private TlsFront tls(SSLContext certificate) {
        return new TlsFront(certificate, gws.port());
    }

    private ListeningRoute listening(TlsFront server, String parameters, boolean global) throws Exception {
        SSLContextParameters trusting = new SSLContextParameters() {
            @Override
            public SSLContext createSSLContext(CamelContext context) {
                return trusted;
            }
        };
        return ListeningRoute.prepared().with(context -> {
            context.getRegistry().bind("trusting", trusting);
            context.setSSLContextParameters(trusting);
            context.getComponent("imsession", IMSessionComponent.class).setUseGlobalSslContextParameters(global);
        }).add("listening", ListeningRoute.uri(server.url(), "alice", "password=RAW(p&w+% d\u00fc)",
                "sslContextParameters=" + parameters)).start();
    }

    @Test
    void sslContextParametersOfTheEndpointAreUsed() throws Exception {
        try (TlsFront server = tls(loopback);
             ListeningRoute route = listening(server, "#trusting", false)) {
            route.awaitState("LIVE");
        }
    }

    @Test
    void globalSslContextParametersAreUsedIfWanted() throws Exception {
        try (TlsFront server = tls(loopback);
             ListeningRoute route = listening(server, "", true)) {
            route.awaitState("LIVE");
        }
    }

    @Test
    void withoutThemAnUnknownAuthorityIsRefusedAndNothingIsSent() throws Exception {
        try (TlsFront server = tls(loopback);
             ListeningRoute route = listening(server, "", false)) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getFeedReason(),
                    reason -> reason.contains("nobody we trust has signed its certificate"));
            assertThat(gws.requests().count(Step.ANY)).isZero();
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefusedWhateverTheParametersTrust() throws Exception {
        try (TlsFront server = tls(another);
             ListeningRoute route = listening(server, "#trusting", false)) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getFeedReason(),
                    reason -> reason.contains("its certificate is for another host name"));
            assertThat(gws.requests().count(Step.ANY)).isZero();
        }
    }
}
