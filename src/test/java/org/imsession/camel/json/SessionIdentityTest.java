package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I07 and I08: which session it is, where id, path and uri disagree or are missing. */
class SessionIdentityTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"id\":\"A\",\"path\":\"/im-sessions/A\",\"uri\":\"http://h/im-sessions/A\" | A | false",
        "\"id\":\"A\",\"path\":\"/im-sessions/A\",\"uri\":\"http://h/im-sessions/B\" | A | true",
        "\"id\":\"A\",\"path\":\"/im-sessions/B\"                                    | A | true",
        "\"id\":\"A\"                                                               | A | false",
        "\"path\":\"/im-sessions/B\"                                                | B | false",
        "\"id\":\"\",\"path\":\"/im-sessions/B\",\"uri\":\"http://h/im-sessions/C\"  | B | true",
        "\"id\":null,\"path\":\"B\"                                                 | B | false",
    })
    void theIdCountsThenThePath(String members, String id, boolean mismatch) {
        IMSession session = Samples.stateChange(Samples.stateChangeOf(members)).imSession();

        assertThat(session.id()).isEqualTo(id);
        assertThat(session.identityMismatch()).isEqualTo(mismatch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state-change.json", "attached-data-changed.json", "completed.json"})
    void theSamplesOfTheDocumentationDisagreeAndAreRead(String file) {
        IMSession session = Samples.stateChange(Samples.text(file)).imSession();

        assertThat(session.id()).isEqualTo("12398123091823091283012");
        assertThat(session.identityMismatch()).isTrue();
    }

    @Test
    void theUriAloneDoesNotNameASession() {
        UnknownMessage message = Samples.unknown(Samples.stateChangeOf("\"uri\":\"http://h/im-sessions/B\""));

        assertThat(message.reason()).isEqualTo("imSession: neither an id nor a path that ends in one; the uri "
                + "alone does not name a session");
        assertThat(message.sessionId()).isEmpty();
    }

    @Test
    void aSessionWithoutAnyNameIsRejected() {
        assertThat(Samples.unknown(Samples.stateChangeOf("\"state\":\"Talking\"")).reason())
                .isEqualTo("imSession: neither an id nor a path that ends in one");
    }
}
