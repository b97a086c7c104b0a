package org.imsession.camel.conversation.form;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Converter;
import org.apache.camel.TypeConversionException;
import org.imsession.camel.conversation.IMConversation;

/**
 * Conversations to JSON and back, for Camel's registry, so that one can travel: {@code getBody(String.class)} is its
 * canonical JSON, as for notifications. Bytes are UTF-8. A body that is no conversation is a
 * {@link TypeConversionException} that says where, and does not quote it.
 */
@Converter(generateLoader = true)
public final class ConversationConverter {

    private ConversationConverter() {
    }

    @Converter
    public static String toJson(IMConversation conversation) {
        return new String(ConversationJson.write(conversation), StandardCharsets.UTF_8);
    }

    @Converter
    public static byte[] toJsonBytes(IMConversation conversation) {
        return ConversationJson.write(conversation);
    }

    @Converter
    public static InputStream toJsonStream(IMConversation conversation) {
        return new ByteArrayInputStream(ConversationJson.write(conversation));
    }

    @Converter
    public static Map<String, Object> toJsonMap(IMConversation conversation) {
        return ConversationJson.map(conversation);
    }

    @Converter
    public static IMConversation toConversation(String json) {
        return reading(String.class, () -> ConversationJson.read(json));
    }

    @Converter
    public static IMConversation toConversation(byte[] json) {
        return reading(byte[].class, () -> ConversationJson.read(json));
    }

    @Converter
    public static IMConversation toConversation(InputStream json) throws IOException {
        try (json) {
            byte[] bytes = json.readAllBytes();
            return reading(InputStream.class, () -> ConversationJson.read(bytes));
        }
    }

    @Converter
    public static IMConversation toConversation(Map<?, ?> json) {
        return reading(Map.class, () -> ConversationJson.read(json));
    }

    private static IMConversation reading(Class<?> from, Supplier<IMConversation> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            throw new NoConversation(from, e);
        }
    }

    /** Camel's own exception would quote the value, which is what somebody said. */
    private static final class NoConversation extends TypeConversionException {

        private static final long serialVersionUID = 1L;
        private final String why;

        NoConversation(Class<?> from, RuntimeException cause) {
            super(null, IMConversation.class, cause);
            this.why = "Cannot convert " + from.getName() + " to a conversation: " + cause.getMessage();
        }

        @Override
        public String getMessage() {
            return why;
        }
    }
}
