package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.imsession.camel.spi.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A head of more than 8 KiB leaves; one that is too large is told with its size, and as never sent. */
class LargeHeadTest {

    @ParameterizedTest
    @CsvSource({"3, 3500", "1, 4000", "15, 4000"})
    void ofLargeCookiesLeaves(int many, int length) {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = with(server, many, length)) {
            result(alice.session().get(List.of("me", "devices")));

            assertThat(server.requests().get(1).header("Cookie").orElseThrow()).hasSizeGreaterThan(many * length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9 * 1024, 60 * 1024})
    void ofALargeTokenLeaves(int length) {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = withToken(server, length)) {
            result(alice.session().login());

            assertThat(server.requests().get(0).header("Authorization").orElseThrow()).hasSizeGreaterThan(length);
        }
    }

    @Test
    void aHeadThatIsTooLargeIsToldWithItsSizeAndAsNotDone() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            result(alice.session().login());
            large(alice, server, 17, 4000);
            GwsException failure = failure(alice.session().post(List.of("me"), Map.of("operationName", "Any")));

            assertThat(failure.kind()).isEqualTo(Kind.REQUEST_TOO_LARGE);
            assertThat(failure.mayHaveBeenDone()).isFalse();
            assertThat(failure.retryable()).isFalse();
            assertThat(failure).hasMessageContainingAll("more than 65536", "the cookie big1");
            assertThat(failure.getMessage()).doesNotContain("xxx");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void ofATokenThatIsTooLargeNamesTheHeader() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = withToken(server, 70_000)) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.REQUEST_TOO_LARGE);
            assertThat(failure).hasMessageContaining("the header Authorization (700");
            assertThat(failure.getMessage()).doesNotContain("tttt");
            assertThat(server.requests()).isEmpty();
        }
    }

    /** It was quoted with each request: 120 KB of memory for each answer. */
    @Test
    void theCookiesOfAHeadThatFitsAreNotQuoted() throws Exception {
        AtomicInteger quotations = new AtomicInteger();
        ServerWords words = new ServerWords(() -> {
            quotations.incrementAndGet();
            return List.of();
        });
        try (HttpClient http = new HttpClient()) {
            Request request = http.newRequest("http://127.0.0.1/").headers(head -> head.put("Cookie", "a=1; b=2"));
            RequestHead.check(request, 1024, words);
            assertThat(quotations).hasValue(0);
            assertThatThrownBy(() -> RequestHead.check(request, 16, words)).isInstanceOf(GwsException.class);
            assertThat(quotations).hasPositiveValue();
        }
    }

    private static Agent withToken(LyingServer server, int length) {
        Credential token = new Credential.BearerToken("t".repeat(length));
        return Agent.with(Agent.settings(server.url()), HttpSettings.defaults(),
                agent -> CompletableFuture.completedFuture(token));
    }

    private static Agent with(LyingServer server, int many, int length) {
        Agent alice = Agent.at(server);
        large(alice, server, many, length);
        return alice;
    }

    private static void large(Agent alice, LyingServer server, int many, int length) {
        for (int i = 0; i < many; i++) {
            alice.session().cookies().add(URI.create(server.url() + "/"),
                    HttpCookie.build("big" + i, "x".repeat(length)).path("/").build());
        }
    }
}
