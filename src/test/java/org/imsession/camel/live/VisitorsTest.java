package org.imsession.camel.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may look at the live page. */
class VisitorsTest {

    private static final String SECRET = "0123456789abcdef";
    private static final Visitors LOCAL = new Visitors("", "X-User", "");
    private static final Visitors PROXIED = new Visitors("https://im.example.com", "X-User", SECRET);

    @ParameterizedTest
    @CsvSource({ "127.0.0.1:8070,", "localhost:8070,", "[::1]:8070,", "LOCALHOST:8070,",
            "127.0.0.1:8070,http://127.0.0.1:8070", "localhost:8070,http://localhost:8070" })
    void programsOfThisMachineMay(String host, String origin) {
        assertThat(refused(LOCAL, host, origin, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "evil.example:8070,", "127.0.0.1:8071,", "127.0.0.1,", "127.0.0.1.evil.example:8070,", "0.0.0.0:8070,",
            "'',", "127.0.0.1:8070,http://evil.example", "127.0.0.1:8070,http://127.0.0.1:9999",
            "127.0.0.1:8070,https://127.0.0.1:8070", "127.0.0.1:8070,null", "im.example.com,",
            "127.0.0.1:8070,https://im.example.com" })
    void namesOfOthersAndPagesOfOthersMayNot(String host, String origin) {
        assertThat(refused(LOCAL, host, origin, Map.of())).isNotEmpty();
    }

    @Test
    void aBrowserThatSaysAnotherPageAsksIsRefused() {
        assertThat(refused(LOCAL, "127.0.0.1:8070", null, Map.of("Sec-Fetch-Site", "cross-site"))).isNotEmpty();
        assertThat(refused(LOCAL, "127.0.0.1:8070", null, Map.of("Sec-Fetch-Site", "same-site"))).isNotEmpty();
        assertThat(refused(LOCAL, "127.0.0.1:8070", null, Map.of("Sec-Fetch-Site", "same-origin"))).isEmpty();
    }

    @Test
    void theProxyMayWithSecretAndUserOnly() {
        Map<String, String> both = Map.of("X-User", "eve", Visitors.SECRET_HEADER, SECRET);
        for (String host : new String[] { "im.example.com", "127.0.0.1:8070" }) {
            assertThat(refused(PROXIED, host, "https://im.example.com", both)).isEmpty();
            assertThat(refused(PROXIED, host, null, Map.of("X-User", "eve"))).isNotEmpty();
            assertThat(refused(PROXIED, host, null, Map.of("X-User", "eve", Visitors.SECRET_HEADER,
                    "0123456789abcdeF")))
                    .isNotEmpty();
            assertThat(refused(PROXIED, host, null, Map.of(Visitors.SECRET_HEADER, SECRET))).isNotEmpty();
            assertThat(refused(PROXIED, host, "http://im.example.com", both)).isNotEmpty();
        }
        assertThat(PROXIED.user(both::get)).isEqualTo("eve");
    }

    @Test
    void withoutAProxyNobodyIsBelievedToBeAUser() {
        assertThat(LOCAL.user(Map.of("X-User", "eve")::get)).isEmpty();
    }

    @Test
    void aPublicAddressWithoutASecretIsRefusedAndSoIsAShortSecret() {
        assertThatThrownBy(() -> new Visitors("https://im.example.com", "X-User", "")).hasMessageContaining("secret")
                .hasMessageContaining("publicUrl=https://im.example.com");
        assertThatThrownBy(() -> new Visitors("https://im.example.com", "", SECRET)).hasMessageContaining("userHeader");
        assertThatThrownBy(() -> new Visitors("", "X-User", "short")).hasMessageContaining("5 characters")
                .hasMessageNotContaining("short;");
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://im.example.com" })
    void theSecretIsInNoText(String address) {
        assertThat(new Visitors(address, "X-User", SECRET).toString()).doesNotContain(SECRET);
    }

    private static String refused(Visitors visitors, String host, String origin, Map<String, String> more) {
        return visitors.refused(name -> name.equals("Host") ? host : name.equals("Origin") ? origin : more.get(name),
                8070);
    }
}
