package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.imsession.camel.spi.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {

    @Test
    void aPasswordIsSentAsBasicInUtf8() {
        String sent = new Credential.Password("zoë", "pä:ss").authorization();

        assertThat(sent).startsWith("Basic ");
        assertThat(new String(Base64.getDecoder().decode(sent.substring(6)), StandardCharsets.UTF_8))
                .isEqualTo("zoë:pä:ss");
    }

    @Test
    void noTextFormShowsTheSecret() {
        assertThat(new Credential.Password("alice", Agent.PASSWORD)).hasToString("password of alice");
        assertThat(new Credential.BearerToken(Agent.PASSWORD)).hasToString("bearer token");
    }

    @Test
    void aChangedSecretIsAnotherCredential() {
        assertThat(new Credential.Password("alice", "a")).isEqualTo(new Credential.Password("alice", "a"))
                .isNotEqualTo(new Credential.Password("alice", "b"));
        assertThat(new Credential.BearerToken("a")).isNotEqualTo(new Credential.BearerToken("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a\r\n", "\u0000"})
    void aUsernameThatBasicCannotCarryIsRefused(String username) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Credential.Password(username, Agent.PASSWORD))
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(Agent.PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "tok\r\nX-Evil: 1", "tök"})
    void aTokenThatAHeaderCannotCarryIsRefusedAndNotRepeated(String token) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Credential.BearerToken(token))
                .withMessageContaining("bare token")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("X-Evil", "tök"));
    }

    @Test
    void aPasswordWithALineEndIsRefusedAndNotRepeated() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Credential.Password("alice", "s3cret\n"))
                .withMessageContaining("line end")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("s3cret"));
    }
}
