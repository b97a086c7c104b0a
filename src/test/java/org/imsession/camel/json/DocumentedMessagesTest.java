package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.NotificationType;
import org.imsession.camel.model.Participant;
import org.imsession.camel.model.SessionState;
import org.junit.jupiter.api.Test;

/** Every member of the documentation's samples arrives. */
class DocumentedMessagesTest {

    @Test
    void theStateChangeOfTheDocumentationIsReadWordForWord() {
        IMSessionStateChangeMessage change = Samples.stateChange(Samples.text("state-change.json"));
        IMSession session = change.imSession();

        assertThat(change.notificationType()).isEqualTo(NotificationType.STATUS_CHANGE);
        assertThat(change.notificationTypeText()).isEqualTo("StatusChange");
        assertThat(change.sessionId()).isEqualTo("12398123091823091283012");
        assertThat(change.state()).isEqualTo(SessionState.TALKING);
        assertThat(session.stateText()).isEqualTo(" Talking");
        assertThat(session.userData()).containsExactly(entry("favColor", "blue"));
        assertThat(session.path()).isEqualTo("/im-sessions/12398123091823091283012");
        assertThat(session.uri()).isEqualTo(
                "http://hpe-voicevm-64.genesyslab.com:8090/api/v2/im-sessions/00S4UMMDT8AHN1VL807GK2LAES000002");
        assertThat(session.participants()).containsExactly(new Participant("3002", "3002", "3002", "3002", Map.of()));
        assertThat(session.capabilities())
                .containsExactly("Complete", "AttachUserData", "DeleteUserData", "UpdateUserData", "SendMessage");
        assertThat(session.other()).isEmpty();
        assertThat(change.other()).isEmpty();
    }

    @Test
    void theLogUpdateOfTheDocumentationIsReadWordForWord() {
        IMLogUpdateMessage update = Samples.logUpdate(Samples.text("log-update.json"));

        assertThat(update.notificationType()).isEqualTo(NotificationType.NEW_MESSAGE);
        assertThat(update.imSessionPath()).isEqualTo("/im-sessions/12398123091823091283012");
        assertThat(update.sessionId()).isEqualTo("12398123091823091283012");
        assertThat(update.message()).isEqualTo("Hello! This is my first message.");
        assertThat(update.other()).isEmpty();
    }

    @Test
    void membersInAnyOrderAndMembersThatNobodyDocumentedAreKept() {
        IMSessionStateChangeMessage change = Samples.stateChange(Samples.text("full.json"));
        IMSession session = change.imSession();

        assertThat(change.other()).containsOnlyKeys("phoneNumber", "metrics");
        assertThat(change.serverTime()).contains(Instant.ofEpochMilli(1700000000123L));
        assertThat(session.capabilities()).containsExactly("SendMessage", "Complete", "Whisper");
        assertThat(session.other()).containsExactly(entry("parentCallUuid", "x"));
        assertThat(session.participants()).containsExactly(
                new Participant("3002", "", "30-02", "3002", Map.of("role", "peer")),
                new Participant("3003", "", "", "", Map.of()));
    }

    @Test
    void attachedDataKeepsNumbersTextsListsAndOrder() {
        Map<String, Object> userData = Samples.stateChange(Samples.text("full.json")).imSession().userData();

        assertThat(userData.keySet()).containsExactly("favColor", "count", "big", "price", "vip", "nothing", "list",
                "WWE_PARTY_3002");
        assertThat(userData)
                .containsEntry("count", 3)
                .containsEntry("big", new BigInteger("123456789012345678901234567890"))
                .containsEntry("price", new BigDecimal("1.50"))
                .containsEntry("vip", true)
                .containsEntry("nothing", null)
                .containsEntry("list", List.of("a", 1, Map.of("deep", List.of())))
                .containsEntry("WWE_PARTY_3002", Map.of("firstname", "Ann", "lastname", "Lee"));
    }

    @Test
    void aMemberThatIsNullOrMissingIsEmpty() {
        IMSession session = Samples.stateChange(Samples.stateChangeOf(
                "\"id\":\"007\",\"uri\":null,\"participants\":null,\"userData\":null")).imSession();

        assertThat(session).isEqualTo(new IMSession("007", SessionState.UNKNOWN, "", Map.of(), List.of(), List.of(),
                "", "", Map.of()));
    }

    @Test
    void theRawTextIsTheDataObjectToTheLetter() {
        String data = "{ \"imSessionPath\" : \"/im-sessions/7\",\n\"message\":\"\\u0041 \u00e9\","
                + "\"messageType\":\"IMLogUpdateMessage\" }";

        assertThat(Samples.logUpdate(data).raw()).isEqualTo(data);
        String wrapped = "{\"channel\":\"/v2/me/im-sessions\", \"data\" : " + data + " ,\"id\":\"1\"}";
        assertThat(Samples.logUpdate(wrapped).raw()).isEqualTo(data);
    }
}
