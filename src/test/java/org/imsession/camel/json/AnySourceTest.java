package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.imsession.camel.model.IMSessionNotification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same notification comes out of text, bytes, stream, reader, map and tree. */
class AnySourceTest {

    @ParameterizedTest
    @ValueSource(strings = {"state-change.json", "log-update.json", "full.json", "device-state-change.json"})
    void everySourceGivesTheSame(String file) throws IOException {
        String text = Samples.text(file);
        IMSessionNotification expected = Samples.JSON.read(text);

        assertThat(Samples.JSON.parse(text)).isEqualTo(expected);
        assertThat(Samples.JSON.read(Samples.bytes(file))).isEqualTo(expected);
        assertThat(Samples.JSON.parse(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16))
                .isEqualTo(expected);
        assertThat(Samples.JSON.parse(new ByteArrayInputStream(Samples.bytes(file)), StandardCharsets.UTF_8))
                .isEqualTo(expected);
        assertThat(Samples.JSON.parse(new StringReader(text))).isEqualTo(expected);
        ObjectMapper exact = new ObjectMapper().enable(
                DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        assertThat(Samples.JSON.parse(exact.readValue(text, Map.class)))
                .usingRecursiveComparison().ignoringFields("raw").isEqualTo(expected);
        assertThat(Samples.JSON.parse(exact.readTree(text)).raw()).isEmpty();
    }

    @Test
    void aMapThatContainsItselfIsRefused() {
        Map<String, Object> loop = new HashMap<>();
        loop.put("messageType", "T");
        loop.put("loop", loop);

        assertThatThrownBy(() -> Samples.JSON.parse(loop))
                .isInstanceOf(MalformedMessageException.class).hasMessageContaining("nested deeper");
    }

    @Test
    void aTreeThatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> Samples.JSON.parse(JsonNodeFactory.instance.arrayNode()))
                .isInstanceOf(MalformedMessageException.class).hasMessageStartingWith("expected an object");
        assertThatThrownBy(() -> Samples.JSON.parse(JsonNodeFactory.instance.objectNode().put("message", new byte[1])))
                .isInstanceOf(MalformedMessageException.class).hasMessageStartingWith("message: BINARY is no JSON");
    }
}
