package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.RecordedRequest;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every request is on record, with what a test may ask about it. */
class RequestLogTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withRecordedRequests(5))
            .agent("alice", "secret");

    @Test
    void aRequestIsKeptWithAllItHad() throws Exception {
        HttpAgent alice = HttpAgent.loggedIn(gws, "alice", "secret").with("X-Custom", "yes");
        RawBayeux.subscribed(alice, true);
        RecordedRequest subscribe = gws.requests().last(Step.SUBSCRIBE).orElseThrow();
        assertThat(subscribe.agent()).isEqualTo("alice");
        assertThat(subscribe.method()).isEqualTo("POST");
        assertThat(subscribe.path()).isEqualTo("/api/v2/notifications/subscribe");
        assertThat(subscribe.channels()).containsExactly("/meta/subscribe");
        assertThat(subscribe.header("x-custom")).contains("yes");
        assertThat(subscribe.cookie("JSESSIONID")).contains(alice.cookies().get("JSESSIONID"));
        assertThat(subscribe.cookie("BAYEUX_BROWSER")).isPresent();
        assertThat(subscribe.text()).contains("\"subscription\":\"/v2/me/im-sessions\"");
        assertThat(gws.requests().all()).extracting(RecordedRequest::number).containsExactly(1L, 2L, 3L, 4L);
        assertThat(subscribe.toString()).doesNotContain(alice.cookies().get("JSESSIONID")).doesNotContain("im-sess");
    }

    @Test
    void aWrongPasswordIsCountedForTheNameItWasTriedWith() throws Exception {
        HttpAgent.nobody(gws).basic("alice", "guess").get("/api/v2/me");
        HttpAgent.nobody(gws).get("/api/v2/me");
        assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(2);
        assertThat(gws.requests().count(Step.LOGIN, "alice")).isEqualTo(1);
        assertThat(gws.requests().count(Step.LOGIN, "")).isEqualTo(1);
    }

    @Test
    void countersGoOnWhenOldRequestsAreForgotten() throws Exception {
        HttpAgent alice = HttpAgent.loggedIn(gws, "alice", "secret");
        for (int i = 0; i < 9; i++) {
            alice.get("/api/v2/me/im-sessions?fields=*");
        }
        assertThat(gws.requests().count(Step.SNAPSHOT)).isEqualTo(9);
        assertThat(gws.requests().requests(Step.SNAPSHOT, "alice")).hasSize(5);
        assertThat(gws.requests().dropped()).isEqualTo(5);
        gws.requests().clear();
        assertThat(gws.requests().count(Step.ANY)).isZero();
    }

    @Test
    void aTestCanWaitForRequests() throws Exception {
        CompletableFuture<Boolean> three = CompletableFuture.supplyAsync(() -> {
            try {
                return gws.awaitRequest(Step.LOGIN, 3, Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        HttpAgent.loggedIn(gws, "alice", "secret").get("/api/v2/me");
        assertThat(gws.awaitRequest(Step.LOGIN, 3, Duration.ofMillis(20))).isFalse();
        HttpAgent.loggedIn(gws, "alice", "secret");
        assertThat(three.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void operationsAreOnRecordByName() throws Exception {
        HttpAgent alice = HttpAgent.loggedIn(gws, "alice", "secret");
        alice.post("/api/v2/me", "{\"operationName\":\"EndContactCenterSession\"}");
        assertThat(gws.requests().count(Step.END_CONTACT_CENTER_SESSION)).isEqualTo(1);
        assertThat(gws.requests().requests(Step.ANY)).extracting(RecordedRequest::operation)
                .containsExactly("", "EndContactCenterSession");
    }
}
