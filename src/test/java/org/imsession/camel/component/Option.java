package org.imsession.camel.component;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.IMSessionConfiguration;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.AgentList;
import org.imsession.camel.spi.Credential;

/**
 * An option as the generated metadata has it, with a value that is not its default.
 *
 * @param name  its name
 * @param text  the value as one writes it
 * @param value the value as the getter gives it
 */
record Option(String name, String text, Object value) {

    private static final String METADATA = "/META-INF/org/imsession/camel/imsession.json";
    private static final AgentCredentials CREDENTIALS = agent ->
            CompletableFuture.completedFuture(new Credential.BearerToken("t0ken"));
    private static final Map<String, Object> BEANS = Map.of(
            "stateRepository", new MemoryStateRepository(),
            "credentials", CREDENTIALS,
            "agents", new AgentList(),
            "sslContextParameters", new SSLContextParameters(),
            "headerFilterStrategy", new DefaultHeaderFilterStrategy(),
            "exceptionHandler", new LoggingExceptionHandler(null, Option.class),
            "configuration", new IMSessionConfiguration());

    /** The whole metadata. */
    static JsonNode metadata() {
        try (InputStream json = IMSessionComponent.class.getResourceAsStream(METADATA)) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All options of that group, {@code properties} or {@code componentProperties}, but the path. */
    static List<Option> all(String group) {
        List<Option> options = new ArrayList<>();
        metadata().get(group).properties().forEach(entry -> {
            if (!entry.getValue().get("kind").asText().equals("path")) {
                options.add(of(entry.getKey(), entry.getValue()));
            }
        });
        return options;
    }

    private static Option of(String name, JsonNode option) {
        return switch (option.get("type").asText()) {
            case "boolean" -> {
                boolean value = !option.path("defaultValue").asBoolean();
                yield new Option(name, String.valueOf(value), value);
            }
            case "integer" -> {
                int value = name.equals("maxRequestHeadSize") ? 9000 : 77; // within the bounds of each
                yield new Option(name, String.valueOf(value), value);
            }
            case "number" -> new Option(name, "0.5", 0.5);
            case "duration" -> new Option(name, "7s", 7000L);
            case "enum" -> {
                JsonNode values = option.get("enum");
                String value = values.get(values.size() - 1).asText();
                yield new Option(name, value, value);
            }
            case "object" -> new Option(name, "#" + name, BEANS.get(name));
            default -> new Option(name, "x-" + name, "x-" + name);
        };
    }

    /** Puts the beans that options refer to into the registry. */
    static void bind(BiConsumer<String, Object> registry) {
        BEANS.forEach(registry);
    }

    /** What the getter of this option says, of the first of these objects that has one; texts for enums. */
    Object in(Object... owners) {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        for (Object owner : owners) {
            for (String getter : List.of("get" + capital, "is" + capital)) {
                try {
                    Method method = owner.getClass().getMethod(getter);
                    Object found = method.invoke(owner);
                    return found instanceof Enum<?> constant ? constant.name() : found;
                } catch (NoSuchMethodException e) {
                    continue;
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError("no getter for " + name);
    }

    @Override
    public String toString() {
        return name;
    }
}
