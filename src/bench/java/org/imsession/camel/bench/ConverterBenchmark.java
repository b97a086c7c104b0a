package org.imsession.camel.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.IMSessionNotification;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** JSON text to message and back, and the same with a plain {@link ObjectMapper}; see {@link Converters}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConverterBenchmark {

    /** The members that a program would write down which has no use for the others. */
    public record Change(String messageType, String notificationType, Session imSession) {
    }

    /** See {@link Change}. */
    public record Session(String id, String state, String path, String uri, Map<String, Object> userData,
                          List<Party> participants, List<String> capabilities) {
    }

    /** See {@link Change}. */
    public record Party(String digits, String e164Number, String formattedPhoneNumber, String phoneNumber) {
    }

    private final String text = new StateChanges(false).next();
    private final IMSessionJson ours = new IMSessionJson();
    private final ObjectMapper mapper = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final IMSessionNotification message = ours.parse(text);
    private final JsonNode tree = readTree();
    private final Change change = readValue();

    /** Text to message, as the converter does it. */
    @Benchmark
    public IMSessionNotification textToMessage() {
        return ours.parse(text);
    }

    /** Text to tree. */
    @Benchmark
    public JsonNode textToTree() {
        return readTree();
    }

    /** Text to records that hold what is documented. */
    @Benchmark
    public Change textToRecords() {
        return readValue();
    }

    /** Message to text, as the converter does it. */
    @Benchmark
    public String messageToText() {
        return ours.write(message);
    }

    /** Tree to text. */
    @Benchmark
    public String treeToText() throws JsonProcessingException {
        return mapper.writeValueAsString(tree);
    }

    /** Records to text. */
    @Benchmark
    public String recordsToText() throws JsonProcessingException {
        return mapper.writeValueAsString(change);
    }

    private JsonNode readTree() {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Change readValue() {
        try {
            return mapper.readValue(text, Change.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
