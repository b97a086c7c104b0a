package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.NotificationType;
import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON that we write: one shape, one order, nothing lost. */
class CanonicalFormTest {

    @Test
    void aStateChangeHasTheDocumentedShapeAndSpelling() {
        assertThat(write("state-change.json")).isEqualTo("{\"messageType\":\"IMSessionStateChangeMessage\","
                + "\"notificationType\":\"StatusChange\",\"imSession\":{\"id\":\"12398123091823091283012\","
                + "\"state\":\"Talking\",\"path\":\"/im-sessions/12398123091823091283012\",\"uri\":\"http://"
                + "hpe-voicevm-64.genesyslab.com:8090/api/v2/im-sessions/00S4UMMDT8AHN1VL807GK2LAES000002\","
                + "\"participants\":[{\"digits\":\"3002\",\"e164Number\":\"3002\",\"formattedPhoneNumber\":\"3002\","
                + "\"phoneNumber\":\"3002\"}],\"capabilities\":[\"Complete\",\"AttachUserData\",\"DeleteUserData\","
                + "\"UpdateUserData\",\"SendMessage\"],\"userData\":{\"favColor\":\"blue\"}}}");
    }

    @Test
    void aLogUpdateHasTheDocumentedShape() {
        assertThat(write("log-update.json")).isEqualTo("{\"messageType\":\"IMLogUpdateMessage\",\"notificationType\":"
                + "\"NewMessage\",\"imSessionPath\":\"/im-sessions/12398123091823091283012\","
                + "\"message\":\"Hello! This is my first message.\"}");
    }

    @Test
    void otherMembersFollowInTheOrderSent() {
        assertThat(Samples.JSON.toTree(Samples.stateChange(Samples.text("full.json"))).fieldNames()).toIterable()
                .containsExactly("messageType", "notificationType", "imSession", "phoneNumber", "metrics");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state-change.json", "log-update.json", "attached-data-changed.json", "completed.json",
        "full.json", "device-state-change.json"})
    void readingItGivesTheSameAndWritingThatGivesTheSame(String file) {
        IMSessionNotification first = Samples.JSON.read(Samples.bytes(file));
        String canonical = Samples.JSON.write(first);
        IMSessionNotification second = Samples.JSON.read(canonical);

        assertThat(second).usingRecursiveComparison().ignoringFields("raw", "imSession.stateText").isEqualTo(first);
        assertThat(Samples.JSON.write(second)).isEqualTo(canonical);
        assertThat(Samples.JSON.parse(canonical)).isEqualTo(second);
        assertThat(new String(Samples.JSON.writeBytes(first), StandardCharsets.UTF_8)).isEqualTo(canonical);
        assertThat(Samples.JSON.toTree(first)).hasToString(canonical);
        assertThat(Samples.JSON.parse(Samples.JSON.toTree(first))).usingRecursiveComparison()
                .ignoringFields("raw").isEqualTo(second);
        assertThat(Samples.JSON.parse(Samples.JSON.toMap(first))).usingRecursiveComparison()
                .ignoringFields("raw").isEqualTo(second);
    }

    @Test
    void theMapIsTheCallersOwn() {
        IMSessionStateChangeMessage change = Samples.stateChange(Samples.text("full.json"));
        Map<String, Object> map = Samples.JSON.toMap(change);
        map.put("mine", 1);
        ((Map<?, ?>) map.get("imSession")).clear();

        assertThat(change).isEqualTo(Samples.stateChange(Samples.text("full.json")));
    }

    @Test
    void anUnderstoodTypeThatIsNotDocumentedIsWrittenAsItIs() {
        assertThat(Samples.JSON.write(Samples.JSON.read("{\"b\":1,\"messageType\":\"T\",\"a\":[ null ]}")))
                .isEqualTo("{\"b\":1,\"messageType\":\"T\",\"a\":[null]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"messageType\":\"IMLogUpdateMessage\",\"imSessionPath\":\"/im-sessions/7\"}",
        "{\"messageType\":\"IMLogUpdateMessage\",\"imSessionPath\":\"/im-sessions/7\",\"message", "no JSON", ""})
    void whatWasNotUnderstoodKeepsItsReasonAndItsText(String json) {
        UnknownMessage unknown = Samples.unknown(json);
        String canonical = Samples.JSON.write(unknown);

        assertThat(canonical).startsWith("{\"messageType\":\"UnknownMessage\",").contains("\"raw\":");
        assertThat(Samples.JSON.parse(canonical)).isEqualTo(unknown);
    }

    static List<Object> noJsonValues() {
        return List.of(new Date(), Double.NaN, new int[] {1}, "\ud83d", List.of(new Object()));
    }

    @ParameterizedTest
    @MethodSource("noJsonValues")
    void whatAProgramPutInAndIsNoJsonValueIsRefusedWithItsPlace(Object value) {
        assertThatThrownBy(() -> Samples.JSON.write(withOther(Map.of("metrics", value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("This cannot be written as JSON: metrics");
    }

    @Test
    void aDocumentedMemberAmongTheOthersIsRefused() {
        assertThatThrownBy(() -> Samples.JSON.write(withOther(Map.of("message", "x"))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("message: in other() as well");
    }

    @Test
    void numbersOfAProgramAreWritten() {
        assertThat(Samples.JSON.write(withOther(Map.of("metrics",
                List.of((byte) 1, (short) 2, 3L, 4.5, 0.5f, new BigInteger("6"), new BigDecimal("7.0"))))))
                .endsWith("\"metrics\":[1,2,3,4.5,0.5,6,7.0]}");
    }

    private static IMLogUpdateMessage withOther(Map<String, Object> other) {
        return new IMLogUpdateMessage(NotificationType.NEW_MESSAGE, "NewMessage", "/im-sessions/7", "x", other, "");
    }

    private static String write(String file) {
        return Samples.JSON.write(Samples.JSON.read(Samples.bytes(file)));
    }
}
