package org.imsession.simulator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.imsession.simulator.agents.RefusedException;
import org.imsession.simulator.settings.Refusal;

/** The JSON body of a POST: an operationName and its parameters. Numbers keep all their digits. */
public final class Operation {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ObjectNode body;

    private Operation(ObjectNode body) {
        this.body = body;
    }

    static Operation in(byte[] body) {
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return new Operation(object);
            }
        } catch (JsonProcessingException e) {
            throw new RefusedException(Refusal.invalid("The body is not JSON"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new RefusedException(Refusal.invalid("The body is not a JSON object"));
    }

    /**
     * The operationName of a body, for the record of requests.
     *
     * @param body the body of a POST
     * @return the name, empty when the body has none
     */
    public static String nameIn(byte[] body) {
        try {
            return in(body).body.path("operationName").asText("");
        } catch (RefusedException e) {
            return "";
        }
    }

    String name() {
        return text("operationName");
    }

    boolean has(String parameter) {
        return body.hasNonNull(parameter);
    }

    String text(String parameter) {
        JsonNode value = body.path(parameter);
        if (value.isMissingNode() || value.isNull()) {
            throw new RefusedException(Refusal.missing(parameter));
        }
        if (!value.isTextual()) {
            throw new RefusedException(Refusal.invalid("Parameter '" + parameter + "' is not a string"));
        }
        return value.textValue();
    }

    ObjectNode object(String parameter) {
        JsonNode value = body.path(parameter);
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new RefusedException(value.isMissingNode() ? Refusal.missing(parameter)
                : Refusal.invalid("Parameter '" + parameter + "' is not an object"));
    }

    String phoneNumber() {
        return new Operation(object("destination")).text("phoneNumber");
    }
}
