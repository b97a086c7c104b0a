package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I11, I12: bytes that are no text, text that is no JSON, a name that stands twice. */
class BrokenTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "c0af", "eda080", "f8888080", "e9"})
    void bytesThatAreNoUtf8AreRejectedAndNotGuessed(String hex) {
        byte[] wrong = HexFormat.of().parseHex(hex);
        byte[] before = Samples.logUpdateOf("\"caf").getBytes(StandardCharsets.UTF_8);
        byte[] head = Arrays.copyOf(before, before.length - 1);
        byte[] bytes = Arrays.copyOf(head, head.length + wrong.length + 2);
        System.arraycopy(wrong, 0, bytes, head.length, wrong.length);
        bytes[bytes.length - 2] = '"';
        bytes[bytes.length - 1] = '}';

        UnknownMessage message = (UnknownMessage) Samples.JSON.read(bytes);

        assertThat(message.reason()).isEqualTo("not UTF-8 at byte " + (head.length + 1));
        assertThat(message.content()).as("a content with U+FFFD in it is not what was sent").isEmpty();
        assertThat(message.messageType()).isEqualTo("IMLogUpdateMessage");
        assertThat(message.sessionId()).isEqualTo("007MDF");
        assertThat(message.raw()).contains("caf\uFFFD");
    }

    @Test
    void aReplacementCharacterThatWasSentIsAText() {
        byte[] bytes = Samples.logUpdateOf("\"caf\uFFFD\"").getBytes(StandardCharsets.UTF_8);

        assertThat(((IMLogUpdateMessage) Samples.JSON.read(bytes)).message()).isEqualTo("caf\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ude00", "\\ude00\\ud83d", "\ud83d", "x\ude00", "\\ud83d\ud83d"})
    void halfASurrogatePairIsRejected(String half) {
        UnknownMessage message = Samples.unknown(Samples.logUpdateOf("\"" + half + "\""));

        assertThat(message.reason()).isEqualTo("message: half of a surrogate pair, which is no character");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(message.raw())).isTrue();
    }

    /** Jackson refuses it by itself since 2.20, before the name is a part of the path. */
    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ude00", "x\\ud83dy", "\\ud83d\\ud83d"})
    void halfASurrogatePairInANameIsRejectedToo(String half) {
        assertThat(Samples.unknown(Samples.stateChangeOf("\"id\":\"7\",\"userData\":{\"" + half + "\":1}")).reason())
                .matches("imSession\\.userData(\\.\\*)?: half of a surrogate pair, which is no character");
    }

    @Test
    void aByteOrderMarkIsRejected() {
        String json = "\uFEFF" + Samples.logUpdateOf("\"Hello\"");
        UnknownMessage message = (UnknownMessage) Samples.JSON.read(json.getBytes(StandardCharsets.UTF_8));

        assertThat(message.reason()).startsWith("a byte order mark (U+FEFF) stands before the JSON");
        assertThat(message.messageType()).isEqualTo("IMLogUpdateMessage");
        assertThat(message.raw()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE"})
    void anotherEncodingIsRejectedAndNotGuessed(String charset) {
        byte[] bytes = Samples.logUpdateOf("\"Hello\"").getBytes(Charset.forName(charset));

        assertThat(Samples.JSON.read(bytes)).isInstanceOf(UnknownMessage.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"id\":\"7\",\"id\":\"8\"                         | imSession.id: the same name twice in one object",
        "\"id\":\"7\",\"userData\":{\"a\":1,\"b\":2,\"a\":3} | imSession.userData.*: the same name twice in one object",
        "\"id\":\"7\",\"x\":[{\"b\":1,\"b\":1}]            | imSession.*[0].*: the same name twice in one object",
    })
    void aNameThatStandsTwiceIsRejected(String members, String reason) {
        assertThat(Samples.unknown(Samples.stateChangeOf(members)).reason()).startsWith(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"messageType\":\"IMLogUpdateMessage\"", "{'a':1}", "{a:1}", "{\"a\":01}",
        "{\"a\":1,}", "[1,]", "{\"a\":1}}", "{} {}", "{\"a\":\"\u0001\"}", "{\"a\":\"\\x\"}", "// c\n{}", "{\"a\":+1}",
        "{\"a\":.5}", "{\"a\":NaN}", "<html></html>", "{\"a\":\"\n\"}", "{\"a\":tru}", "\u0000"})
    void whatIsNoJsonIsRejectedWithItsText(String text) {
        IMSessionNotification message = Samples.JSON.read(text);

        assertThat(message).isInstanceOf(UnknownMessage.class);
        assertThat(((UnknownMessage) message).reason()).isNotEmpty().doesNotContain("\n");
        assertThat(((UnknownMessage) message).content()).isEmpty();
        assertThat(message.raw()).isEqualTo(text);
    }

    @Test
    void aTextThatWasCutSaysSoAndWhatCouldBeReadOfIt() {
        String json = Samples.stateChangeOf("\"id\":\"007\",\"state\":\"Talk");
        UnknownMessage message = Samples.unknown(json.substring(0, json.length() - 2));

        assertThat(message.reason()).startsWith("imSession.state: not JSON, the text ends in the middle at character ");
        assertThat(message.messageType()).isEqualTo("IMSessionStateChangeMessage");
        assertThat(message.sessionId()).isEqualTo("007");
    }
}
