package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GwsSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "https://gws.example.com,           https://gws.example.com/api/v2",
        "https://gws.example.com/,          https://gws.example.com/api/v2",
        "HTTP://gws:8090,                   http://gws:8090/api/v2",
        "https://edge.example.com/genesys/, https://edge.example.com/genesys/api/v2",
        "http://[::1]:8090,                 http://[::1]:8090/api/v2"})
    void anAddressIsTakenWithOrWithoutSlashAndGatewayPath(String serverUrl, String api) {
        assertThat(GwsSettings.of(serverUrl).api()).hasToString(api);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "gws.example.com | 'gws.example.com' does not begin",
        "ftp://gws.example.com | 'ftp://gws.example.com' does not",
        "https:///api | host", "https://my_host | 'https://my_host' names no valid host",
        "https://gws.example.com?x=1 | query", "https://gws.example.com#x | fragment", "ht tp://x | not an address",
        "'' | is empty", "https: | not an address"})
    void whatIsNoAddressOfAServerIsRefusedWithTheReasonAndARemedy(String serverUrl, String reason) {
        assertThatIllegalArgumentException().isThrownBy(() -> GwsSettings.of(serverUrl))
                .withMessageContaining(reason).withMessageContaining("https://gws.example.com:8443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://alice:s3cret@gws.example.com", "https://alice:s3 cret@gws.example.com",
        "https://alice:s3cret@my_host", "s3cret@gws.example.com", "https://alice:s3cret%@x"})
    void aPasswordInAnAddressIsRefusedAndNotRepeated(String serverUrl) {
        assertThatIllegalArgumentException().isThrownBy(() -> GwsSettings.of(serverUrl))
                .withNoCause().satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("cret"));
    }

    @ParameterizedTest
    @CsvSource({"/api/v2, /api/v2", "api/v2/, /api/v2", "/, ''", "'', ''"})
    void theApiPathIsTakenWithOrWithoutSlashes(String path, String normalised) {
        assertThat(GwsSettings.of("https://gws.example.com").withApiPath(path).apiPath()).isEqualTo(normalised);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api?x", "/../x", "//evil@x", "/a b", "/a%2fb"})
    void anApiPathThatIsNoneIsRefused(String path) {
        GwsSettings settings = GwsSettings.of("https://gws.example.com");

        assertThatIllegalArgumentException().isThrownBy(() -> settings.withApiPath(path))
                .withMessageContaining(path);
    }

    @Test
    void limitsMustBePositive() {
        GwsSettings settings = GwsSettings.of("https://gws.example.com");

        assertThatIllegalArgumentException().isThrownBy(() -> settings.withRequestTimeout(Duration.ZERO))
                .withMessageContaining("requestTimeout");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withMaxAnswerLength(0))
                .withMessageContaining("maxAnswerLength");
    }
}
