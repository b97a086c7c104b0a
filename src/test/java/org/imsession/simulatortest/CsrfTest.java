package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CSRF protection: a GET tells the token, everything else must bring it. */
class CsrfTest {

    private static final String START = "{\"operationName\":\"StartContactCenterSession\",\"channels\":[\"voice\"]}";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().with(GwsSwitch.CSRF))
            .agent("alice", "secret");

    private HttpAgent alice;
    private String token;

    @BeforeEach
    void login() throws Exception {
        alice = HttpAgent.loggedIn(gws, "alice", "secret");
        HttpAgent.Answer me = alice.get("/api/v2/me");
        assertThat(me.header("X-CSRF-HEADER")).isEqualTo("X-CSRF-TOKEN");
        token = me.header("X-CSRF-TOKEN");
        assertThat(token).isNotEmpty();
    }

    @Test
    void aPostWithoutTheTokenIsRefused() throws Exception {
        HttpAgent.Answer answer = alice.post("/api/v2/me", START);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("Missing or invalid Csrf token");
        assertThat(alice.with("X-CSRF-TOKEN", token).post("/api/v2/me", START).status()).isEqualTo(200);
    }

    @Test
    void theTokenIsWorthNothingWithoutItsHttpSession() throws Exception {
        HttpAgent other = HttpAgent.nobody(gws).basic("alice", "secret").with("X-CSRF-TOKEN", token);
        assertThat(other.post("/api/v2/me", START).text()).isEqualTo("Missing or invalid Csrf token");
    }

    @Test
    void aRotatedTokenIsRefusedAndTheNextGetTellsTheNewOne() throws Exception {
        alice.with("X-CSRF-TOKEN", token);
        gws.rotateCsrf();
        assertThat(alice.post("/api/v2/me", START).status()).isEqualTo(403);
        alice.with("X-CSRF-TOKEN", alice.get("/api/v2/me").header("X-CSRF-TOKEN"));
        assertThat(alice.post("/api/v2/me", START).status()).isEqualTo(200);
    }

    @Test
    void notificationsNeedTheTokenUnlessSwitchedOff() throws Exception {
        assertThat(new RawBayeux(alice).handshake(false).status()).isEqualTo(403);
        gws.settings(now -> now.without(GwsSwitch.CSRF_ON_NOTIFICATIONS));
        assertThat(new RawBayeux(alice).handshake(false).status()).isEqualTo(200);
        gws.settings(now -> now.with(GwsSwitch.CSRF_ON_NOTIFICATIONS));
        alice.with("X-CSRF-TOKEN", token);
        assertThat(new RawBayeux(alice).handshake(false).status()).isEqualTo(200);
    }

    @Test
    void withoutTheSwitchNobodyIsTold() throws Exception {
        gws.settings(now -> now.without(GwsSwitch.CSRF));
        assertThat(alice.get("/api/v2/me").header("X-CSRF-TOKEN")).isEmpty();
        assertThat(alice.post("/api/v2/me", START).status()).isEqualTo(200);
    }
}
