package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imsession.simulator.redaction.Redactor;
import org.imsession.simulator.redaction.Replacements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recorder writes of what people say: nothing but how long it was, and in which script. */
class RedactionTest {

    private final Replacements replacements = new Replacements();
    private final Redactor redactor = new Redactor(false);

    @ParameterizedTest
    @ValueSource(strings = {"Hello", "grüße, ÄÖÜ", "Привет", "Καλημέρα", "שלום", "مرحبا", "नमस्ते", "日本語", "한국어", "ไทย",
        "4711-0815", "\uD83D\uDE00\uD83D\uDC4B", "\u263A", "\uD83C\uDDE9\uD83C\uDDEA"})
    void aReplacementIsAsLongAndOfTheSameScriptAndKind(String text) {
        String other = replacements.of(text);
        assertThat(kinds(other)).isEqualTo(kinds(text));
        IntStream.range(0, text.length()).filter(i -> Character.isLetterOrDigit(text.charAt(i)))
                .filter(i -> !Character.isSurrogate(text.charAt(i)))
                .forEach(i -> assertThat(other.charAt(i)).isNotEqualTo(text.charAt(i)));
        assertThat(other).isNotEqualTo(text).isEqualTo(replacements.of(text)).isNotEqualTo(new Replacements().of(text
                + text));
    }

    private static List<String> kinds(String text) {
        return text.codePoints().mapToObj(each -> Character.UnicodeScript.of(each) + " " + Character.getType(each) + " "
                + Character.charCount(each)).toList();
    }

    @Test
    void differentShortTextsStayDifferent() {
        Set<String> some = IntStream.range(0, 400).mapToObj(i -> "" + (char) ('a' + i / 20) + (char) ('a' + i % 20))
                .collect(Collectors.toSet());
        assertThat(some.stream().map(replacements::of).collect(Collectors.toSet())).hasSameSizeAs(some);
    }

    @Test
    void oneNumberIsOneNumberHoweverItIsWritten() {
        assertThat(replacements.of("+49 (30) 1234-567").replaceAll("\\D",
                "")).isEqualTo(replacements.of("49301234567"));
    }

    /** One that began with a zero would be no number in JSON, and so would have to be another one there. */
    @Test
    void aNumberIsTheSameAsANumberAndAsAText() throws Exception {
        String pairs = IntStream.range(30_000, 30_500).mapToObj(i -> "[" + i + ",\"" + i + "\"]")
                .collect(Collectors.joining(","));
        assertThat(new JsonMapper().readTree(redactor.json("[" + pairs + "]"))).hasSize(500)
                .allSatisfy(pair -> assertThat(pair.get(0).asText()).isEqualTo(pair.get(1).asText()));
    }

    @Test
    void theWordsOfTheProtocolAndIdsStay() throws Exception {
        String kept = """
                {"messageType":"IMSessionStateChangeMessage","notificationType":"StatusChange",
                "imSession":{"state":" Talking",
                "id":"007MDF3D0KAHL93L807GK2LAES000001","path":"/im-sessions/007MDF3D0KAHL93L807GK2LAES000001",
                "capabilities":["SendMessage"]}}""".replace("\n", "");
        assertThat(redactor.json(kept)).isEqualTo(kept);
        JsonNode other = new JsonMapper().readTree(redactor.json("""
                {"channel":"/v2/me/im-sessions",
                "data":{"imSession":{"uri":"https://gws.example.com/api/v2/im-sessions/7",
                "path":"/im-sessions/7","id":"7","userData":{"state":"Talking","messageType":1,"k":[true,null,
                -10.5e400]},
                "participants":[{"digits":"5001","phoneNumber":"5001"}]},"imSessionPath":"/im-sessions/7",
                "Alice":{"id":"Bob"}}}
                """));
        JsonNode session = other.at("/data/imSession");
        String id = session.path("id").asText();
        assertThat(id).isNotEqualTo("7");
        assertThat(session.path("path").asText()).isEqualTo("/im-sessions/" + id);
        assertThat(session.path("uri").asText()).endsWith("/api/v2/im-sessions/" + id).doesNotContain("example");
        assertThat(session.at("/participants/0/digits")).isEqualTo(session.at("/participants/0/phoneNumber"));
        assertThat(other.toString()).doesNotContain("5001", "Alice", "Bob", "messageType", "Talking", "\"state\"");
    }

    /** Names, escapes, doubled members and numbers beyond all bounds: what broke something is to break it again. */
    @Test
    void oddJsonStaysAsOdd() {
        assertThat(redactor.json("{\"message\":\"a\\u00e9\\n\\\"\",\"message\":\"\",\n\"state\":1e400,\"x\":[ ]}"))
                .matches("\\{\"message\":\"[b-z]\\\\u00(?:df|[ef][0-9a-f])\\\\n\\\\\"\",\"message\":\"\","
                        + " \"state\":[2-9]e400,\"[a-z]\":\\[ ]}");
    }

    @Test
    void aNameOfAnAgentAndASecretAreInNothingThatIsKept() {
        redactor.agent("margaret01");
        redactor.neverWrite("Tr0ub4dor-and-3");
        assertThat(redactor.json("""
                {"type":"of margaret01","uri":"/users/x0000000MARGARET01","id":"aTr0ub4dor-and-3x",
                "channel":"/v2/margaret01"}"""))
                .doesNotContainIgnoringCase("margaret01").doesNotContainIgnoringCase("Tr0ub4dor");
    }

    /** A name of three letters, and a password of four digits, come by chance in a day's texts and numbers. */
    @Test
    void noReplacementHasASecretInItByChance() {
        redactor.agent("bob");
        redactor.neverWrite("4711");
        redactor.neverWrite("Sun");
        String numbers = IntStream.range(1000, 10_000).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
        String words = IntStream.range(0, 26 * 26 * 26).mapToObj(i -> "\"" + (char) ('a' + i / 676)
                + (char) ('a' + i / 26 % 26) + (char) ('a' + i % 26) + "\"").collect(Collectors.joining(","));
        assertThat(redactor.json("[" + numbers + "," + words + "]")).doesNotContain("4711", "bob", "sun");
    }

    @Test
    void inPlainASecretIsReplacedNevertheless() {
        Redactor plain = new Redactor(true);
        plain.neverWrite("Tr0ub4dor-and-3");
        assertThat(plain.json("{\"clientId\":\"8a7b\",\"message\":\"it is Tr0ub4dor-and-3\",\"x\":\"Hello\"}"))
                .doesNotContain("Tr0ub4dor", "8a7b").endsWith(",\"x\":\"Hello\"}");
    }
}
