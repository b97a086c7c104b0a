package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.imsession.camel.spi.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says is shown, what it repeats of our secrets is not, whatever it makes of them. */
class ServerWordsTest {

    private static final String PASSWORD = "Pa\"ss&w\u00f6rd/<%41>+ \\9";
    private static final String COOKIE = "1xyz0k3jh5f8s7d6fgwq.node0";
    private static final String SHORT_COOKIE = "node7";
    private static final String TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";
    private static final String CSRF = "9b1f-44-csrf-token";
    private static final String CLIENT_ID = "7wzcs9ofqxl1234rpj0q1m2n";
    private static final String PROXY = "proxy;pass";

    private final HttpClient http = new HttpClient();
    private final List<HttpCookie> jar = new ArrayList<>();
    private final ServerWords words = new ServerWords(() -> jar);

    private void knowAll() {
        Request request = http.newRequest(URI.create("http://localhost/"));
        request.headers(headers -> headers
                .put(HttpHeader.COOKIE, "JSESSIONID=" + COOKIE + "; route=" + SHORT_COOKIE)
                .put(HttpHeader.AUTHORIZATION, new Credential.Password("alice", PASSWORD).authorization()));
        words.sent(request);
        request = http.newRequest(URI.create("http://localhost/"));
        request.headers(headers -> headers.put(HttpHeader.AUTHORIZATION, "Bearer " + TOKEN));
        words.sent(request);
        words.csrfToken(new CsrfToken("X-CSRF-TOKEN", CSRF));
        words.clientId(CLIENT_ID);
        words.proxyPassword(PROXY);
    }

    static Stream<Arguments> repetitions() {
        Map<String, UnaryOperator<String>> forms = new LinkedHashMap<>();
        forms.put("as it is", text -> text);
        forms.put("in an address", text -> URLEncoder.encode(text, StandardCharsets.UTF_8));
        forms.put("in a path", text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
        forms.put("in an address of an old server", text -> Pattern.compile("%[0-9A-F]{2}")
                .matcher(URLEncoder.encode(text, StandardCharsets.ISO_8859_1))
                .replaceAll(hex -> hex.group().toLowerCase(Locale.ROOT)));
        forms.put("in JSON", text -> text.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
        forms.put("in JSON of ASCII", text -> {
            StringBuilder json = new StringBuilder();
            text.chars().forEach(unit -> json.append(String.format("\\u%04X", unit)));
            return json.toString();
        });
        forms.put("in HTML", text -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&#34;").replace("\u00f6", "&#xF6;"));
        forms.put("read as Latin-1", text -> new String(text.getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1));
        forms.put("in Base64", ServerWordsTest::base64);
        forms.put("in Base64 behind one", text -> base64("x" + text + "."));
        forms.put("in Base64 behind two", text -> base64("ab" + text + ".."));
        forms.put("in Base64 for addresses", text -> Base64.getUrlEncoder()
                .encodeToString(("user:" + text + "\u00ff\u00fe").getBytes(StandardCharsets.UTF_8)));
        forms.put("cut", text -> text.substring(0, Math.max(8, text.length() - 2)));
        return forms.entrySet().stream().flatMap(form -> Stream.of(PASSWORD, COOKIE, TOKEN, CSRF, CLIENT_ID, PROXY,
                "route=" + SHORT_COOKIE).map(secret -> Arguments.of(form.getKey(), form.getValue().apply(secret))));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("repetitions")
    void nothingOfASecretIsShownInWhateverFormItIsRepeated(String form, String repeated) {
        knowAll();
        String shown = words.quote("no session for " + repeated);
        assertThat(shown).startsWith("no session for ").endsWith("***");
        assertThat(shown.length()).as("three characters of Base64 before the secret tell what was before it")
                .isLessThanOrEqualTo("no session for ".length() + 3 + 7);
    }

    @Test
    void theAuthorizationIsNotShownAsAWholeEither() {
        knowAll();
        assertThat(words.quote("Authorization: Basic " + base64("alice:" + PASSWORD) + " of alice"))
                .isEqualTo("Authorization: *** of alice");
    }

    @Test
    void whatIsInTheJarAndWasNotSentYetIsHiddenToo() {
        jar.add(HttpCookie.from("JSESSIONID", COOKIE));
        assertThat(words.quote("you are now " + COOKIE + "!")).isEqualTo("you are now ***!");
    }

    @Test
    void anOldSecretIsStillOneAfterManyNewOnes() {
        knowAll();
        for (int i = 0; i < 10; i++) {
            words.clientId(CLIENT_ID.replace('7', 'x') + i);
        }
        assertThat(words.quote("402::no " + CLIENT_ID)).isEqualTo("402::no ***");
    }

    @Test
    void aSecretThatIsCutAtTheEndOfALongTextIsHidden() {
        knowAll();
        for (int before = 180; before <= 200; before++) {
            String text = "-".repeat(before) + PASSWORD + " and on and on";
            assertThat(words.quote(text)).matches("-+(\\*\\*\\*.*)?(\\.\\.\\.)?").doesNotContain("Pa");
        }
    }

    @Test
    void aShortPasswordIsNotTakenOutOfATextInWhichTheHolesWouldShowIt() {
        words.proxyPassword("a");
        assertThat(words.quote("bad password")).isEqualTo("***");
        assertThat(words.quote("not this one")).isEqualTo("not this one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Session 0071023821aec0006 is not in state Talking", "node7 is down", "100%", "a+b \\ &c;",
        "%", "\\u00", "&#;", "1:alice"})
    void whatIsNoSecretStays(String text) {
        knowAll();
        assertThat(words.quote(text)).isEqualTo(text);
    }

    @Test
    void nothingSaidIsNothingShown() {
        assertThat(words.quote(null)).isEmpty();
        assertThat(words.quote("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nIMS-001 agent=bob", "\u0085", "\u009b2J", "\u2028", "\u202e", "\u2066", "\ud800"})
    void noTextLeavesItsLine(String forged) {
        assertThat(words.quote("no" + forged)).matches("[ -~]+").startsWith("no\\u");
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 200, 201, 5000, 5_000_000})
    void noTextIsLongerThanALine(int length) {
        knowAll();
        String shown = words.quote("x".repeat(length));
        assertThat(shown).isEqualTo("x".repeat(Math.min(200, length)) + (length > 200 ? "..." : ""));
    }

    @Test
    void aServerThatRepeatsASecretWithoutEndCostsLittle() {
        knowAll();
        assertThat(words.quote(TOKEN.repeat(100_000))).hasSizeLessThan(210).matches("[*.]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"see you at 8", "see%20you+at%208", "c2VlIHlvdSBhdCA4"})
    void whatPeopleSayIsNotRepeatedAtAll(String repeated) {
        assertThat(words.quote("the text " + repeated + " is too long", List.of(Map.of("text", "see you at 8"))))
                .isEmpty();
        assertThat(words.quote("the text is too long", List.of("see you at 8"))).isEqualTo("the text is too long");
    }
}
