package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.imsession.simulator.settings.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gets in, by what, and what is told to those who do not. */
class LoginTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().with(GwsSwitch.LOAD_BALANCER_COOKIE))
            .agent("alice", "secret");

    @Test
    void withoutCredentialsItIs403WithStatusCode20() throws Exception {
        HttpAgent.Answer answer = HttpAgent.nobody(gws).get("/api/v2/me");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("{\"statusCode\":20,\"statusMessage\":\"Access denied\"}");
    }

    @Test
    void theAnswerToAWrongPasswordCanBeChosen() throws Exception {
        HttpAgent mallory = HttpAgent.nobody(gws).basic("alice", "guess");
        assertThat(mallory.get("/api/v2/me").status()).isEqualTo(403);
        gws.settings(now -> now.withWrongPassword(new Refusal(401, 20, "Bad credentials")));
        assertThat(mallory.get("/api/v2/me").status()).isEqualTo(401);
    }

    @Test
    void thePasswordGivesACookieAndTheCookieSuffices() throws Exception {
        HttpAgent alice = HttpAgent.loggedIn(gws, "alice", "secret");
        assertThat(alice.cookies()).containsKeys("JSESSIONID", "AWSELB");
        HttpAgent.Answer answer = alice.get("/api/v2/me");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("user").path("userName").asText()).isEqualTo("alice");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void anExpiredCookieIsWorthNothing() throws Exception {
        HttpAgent alice = HttpAgent.loggedIn(gws, "alice", "secret");
        gws.agent("alice").expireHttpSession();
        assertThat(alice.get("/api/v2/me").json().path("statusCode").asInt()).isEqualTo(20);
    }

    @Test
    void aBearerTokenIsAsGoodAsThePasswordUntilItIsRevoked() throws Exception {
        gws.agent("alice").token("t-1");
        HttpAgent alice = HttpAgent.nobody(gws).with("Authorization", "Bearer t-1");
        assertThat(alice.get("/api/v2/me").status()).isEqualTo(200);
        gws.agent("alice").revokeTokens();
        assertThat(alice.get("/api/v2/me").status()).isEqualTo(403);
    }

    @Test
    void subresourcesShowTheDeviceAndTheFeature() throws Exception {
        HttpAgent alice = HttpAgent.loggedIn(gws, "alice", "secret");
        String path = "/api/v2/me?subresources=features,devices";
        HttpAgent.Answer answer = alice.get(path);
        assertThat(answer.json().at("/user/features/0/id").asText()).isEqualTo("api-voice-instant-messaging");
        assertThat(answer.json().at("/user/devices/0/phoneNumber").asText()).isEqualTo("5001");
        gws.agent("alice").instantMessaging(false);
        assertThat(alice.get(path).json().at("/user/features")).isEmpty();
        assertThat(alice.get("/api/v2/me").json().path("user").has("features")).isFalse();
    }

    @Test
    void devicesComeAsUrisOrWithAllFields() throws Exception {
        HttpAgent alice = HttpAgent.loggedIn(gws, "alice", "secret");
        assertThat(alice.get("/api/v2/me/devices").json().at("/uris/0").asText())
                .isEqualTo(gws.url() + "/api/v2" + gws.agent("alice").devicePath());
        assertThat(alice.get("/api/v2/me/devices?fields=*").json().at("/devices/0/id").asText())
                .isEqualTo(gws.agent("alice").devicePath().replace("/devices/", ""));
    }

    @Test
    void theVersionIsForEverybody() throws Exception {
        HttpAgent.Answer answer = HttpAgent.nobody(gws).get("/api/v2/diagnostics/version");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("version").asText()).isEqualTo("8.5.202.96");
    }

    @Test
    void theContactCenterSessionStartsAndItsEndEndsTheHttpSession() throws Exception {
        HttpAgent alice = HttpAgent.loggedIn(gws, "alice", "secret");
        alice.post("/api/v2/me", "{\"operationName\":\"StartContactCenterSession\",\"channels\":[\"voice\"]}");
        assertThat(alice.get("/api/v2/me/devices?fields=*").json().at("/devices/0/userState/state").asText())
                .isEqualTo("Ready");
        assertThat(alice.post("/api/v2/me", "{\"operationName\":\"EndContactCenterSession\"}").text())
                .isEqualTo("{\"statusCode\":0}");
        assertThat(alice.get("/api/v2/me").status()).isEqualTo(403);
        assertThat(gws.agent("alice").httpSessions()).isZero();
    }
}
