package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jackson's factory and the fifty classes behind it are a part of each start that nothing needs. */
class LateJacksonTest {

    private final JsonText json = new JsonText(JsonLimits.DEFAULT);

    private Map<String, Object> read(String text) {
        return json.read(text, tokens -> {
            tokens.requireObject();
            return tokens.object();
        });
    }

    @Test
    void itIsMadeByTheFirstTextThatIsNotPlain() {
        assertThat(read("{\"plain\":\"text\"}")).isEqualTo(Map.of("plain", "text"));
        assertThat(json).hasFieldOrPropertyWithValue("factory", null);

        assertThat(catchThrowable(() -> read("{\"no\":json}"))).isInstanceOf(Rejection.class);
        assertThat(json).extracting("factory").isNotNull();
    }
}
