package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No part of a chat text or of attached data is in a reason, an exception or a {@code toString()}. */
class SecrecyTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"messageType\":\"IMLogUpdateMessage\",\"message\":secret}",
        "{\"messageType\":\"IMLogUpdateMessage\",\"message\":\"secret}",
        "{\"messageType\":\"IMLogUpdateMessage\",\"message\":\"a\",\"secret\":secret}",
        "{\"messageType\":\"IMLogUpdateMessage\",\"message\":\"a\",\"secret\":1,\"secret\":2}",
        "{\"messageType\":\"IMLogUpdateMessage\",\"message\":{\"secret\":{\"secret\":[secret]}}}",
        "{\"messageType\":\"IMLogUpdateMessage\",\"message\":\"secret\"}",
        "{\"messageType\":\"IMLogUpdateMessage\",\"message\":\"\\secret\"}",
        "{\"messageType\":\"IMSessionStateChangeMessage\",\"imSession\":{\"userData\":{\"k\":\"secret\"},\"id\":{}}}",
        "{\"messageType\":\"IMSessionStateChangeMessage\",\"imSession\":\"secret\"}",
        "secret",
        "{\"secret\":\"\ud83d\"}",
    })
    void aReasonNamesThePlaceAndNotTheContent(String json) {
        UnknownMessage message = Samples.unknown(json);
        Throwable thrown = catchThrowable(() -> Samples.JSON.parse(json));

        assertThat(message.reason()).isNotEmpty().doesNotContain("secret");
        assertThat(message.toString()).doesNotContain("secret");
        assertThat(message.raw()).contains("secret");
        assertThat(thrown).isInstanceOf(MalformedMessageException.class).hasNoCause();
        assertThat(thrown.toString()).doesNotContain("secret").contains(message.reason());
        assertThat(((MalformedMessageException) thrown).reason()).isEqualTo(message.reason());
        assertThat(((MalformedMessageException) thrown).raw()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"log-update.json", "full.json", "device-state-change.json"})
    void aToStringHoldsNeitherTextNorAttachedData(String file) {
        assertThat(Samples.JSON.read(Samples.bytes(file)).toString())
                .doesNotContain("Hello", "favColor", "blue", "5005", "Ann")
                .contains("Message[");
    }
}
