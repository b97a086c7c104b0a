package org.imsession.camel.conversation.form;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.imsession.camel.conversation.IMConversation;
import org.imsession.camel.conversation.IMConversation.Direction;
import org.imsession.camel.conversation.IMConversation.Reason;
import org.imsession.camel.conversation.IMConversation.Sender;
import org.imsession.camel.conversation.IMConversation.State;
import org.imsession.camel.conversation.IMConversation.Text;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.json.JsonForm;
import org.imsession.camel.json.JsonLimits;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.Participant;

/**
 * A conversation as the one JSON object that stands for it, always in this order, on one line; what the manual's page
 * about conversations lists. Reading gives an equal conversation; {@code id} and {@code complete} are for readers and
 * follow from the others.
 */
final class ConversationJson {

    /** A day of talk; each of its texts has passed the limits of a notification before. */
    private static final JsonLimits LIMITS = new JsonLimits(64, 256 * 1024 * 1024, 2_000_000, 1000);
    private static final IMSessionJson JSON = new IMSessionJson(LIMITS);

    /** The same for Jackson. */
    static final JsonForm<IMConversation> FORM = new JsonForm<>() {
        @Override
        public void write(IMConversation conversation, JsonGenerator generator) throws IOException {
            JSON.write(map(conversation), generator);
        }

        @Override
        public IMConversation read(String json, Class<?> type) {
            return ConversationJson.read(json);
        }

        @Override
        public int maxTextLength() {
            return LIMITS.maxTextLength();
        }
    };

    private ConversationJson() {
    }

    /** @throws IllegalArgumentException if a program put something into it that is no JSON value */
    static byte[] write(IMConversation conversation) {
        return JSON.writeBytes(map(conversation));
    }

    /**
     * @throws RuntimeException if it is no conversation; its message names the member and never quotes the text
     */
    static IMConversation read(byte[] utf8) {
        return conversation(new Members("", JSON.readObject(utf8)));
    }

    static IMConversation read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    static IMConversation read(Map<?, ?> object) {
        return read(JSON.writeBytes(object));
    }

    static Map<String, Object> map(IMConversation conversation) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("messageType", IMConversation.MESSAGE_TYPE);
        object.put("id", conversation.id());
        object.put("server", conversation.server());
        object.put("agent", conversation.agent());
        object.put("sessionId", conversation.sessionId());
        object.put("begun", conversation.begun().toString());
        object.put("ended", conversation.ended().toString());
        object.put("complete", conversation.complete());
        object.put("incomplete", conversation.incomplete().stream().map(Enum::name).toList());
        object.put("events", conversation.events());
        object.put("parties", conversation.parties().stream().map(ConversationJson::map).toList());
        object.put("states", conversation.states().stream().map(ConversationJson::map).toList());
        object.put("userData", conversation.userData());
        object.put("texts", conversation.texts().stream().map(ConversationJson::map).toList());
        object.put("gaps", conversation.gaps().stream().map(JSON::toMap).toList());
        return with(object, conversation.other());
    }

    private static Map<String, Object> map(Participant party) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("digits", party.digits());
        object.put("e164Number", party.e164Number());
        object.put("formattedPhoneNumber", party.formattedPhoneNumber());
        object.put("phoneNumber", party.phoneNumber());
        return with(object, party.other());
    }

    private static Map<String, Object> map(State state) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("at", state.at().toString());
        object.put("state", state.state());
        object.put("origin", state.origin());
        object.put("sequence", state.sequence());
        return with(object, state.other());
    }

    private static Map<String, Object> map(Text text) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("at", text.at().toString());
        object.put("direction", label(text.direction()));
        object.put("sender", text.sender().name());
        object.put("sequence", text.sequence());
        object.put("text", text.text());
        return with(object, text.other());
    }

    /** As in headers. */
    static String label(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> with(Map<String, Object> object, Map<String, Object> other) {
        other.forEach(object::putIfAbsent);
        return object;
    }

    private static IMConversation conversation(Members json) {
        if (!json.text("messageType").equals(IMConversation.MESSAGE_TYPE)) {
            throw json.wrong("messageType", IMConversation.MESSAGE_TYPE);
        }
        return new IMConversation(json.text("server"), json.text("agent"), json.text("sessionId"),
                json.objects("parties", ConversationJson::party), json.time("begun"), json.time("ended"),
                json.objects("states", ConversationJson::state), json.object("userData"),
                json.objects("texts", ConversationJson::text),
                json.objects("gaps", ConversationJson::gap), json.constants("incomplete", Reason.class),
                json.count("events"), json.without("messageType", "id", "server", "agent", "sessionId", "begun",
                        "ended",
                        "complete", "incomplete", "events", "parties", "states", "userData", "texts", "gaps"));
    }

    private static Participant party(Members json) {
        return new Participant(json.text("digits"), json.text("e164Number"), json.text("formattedPhoneNumber"),
                json.text("phoneNumber"), json.without("digits", "e164Number", "formattedPhoneNumber", "phoneNumber"));
    }

    private static State state(Members json) {
        return new State(json.time("at"), json.text("state"), json.text("origin"), json.text("sequence"),
                json.without("at", "state", "origin", "sequence"));
    }

    private static Text text(Members json) {
        return new Text(json.time("at"), json.constant("direction", Direction.class),
                json.constant("sender", Sender.class), json.text("sequence"), json.text("text"),
                json.without("at", "direction", "sender", "sequence", "text"));
    }

    private static FeedGap gap(Members json) {
        if (JSON.parse(json.values) instanceof FeedGap gap) {
            return gap;
        }
        throw json.wrong("messageType", FeedGap.MESSAGE_TYPE);
    }

    /** The members of an object that was read, and where it stands. */
    private record Members(String place, Map<String, Object> values) {

        private IllegalArgumentException wrong(String name, String expected) {
            return new IllegalArgumentException("no conversation: " + place + name + ", expected " + expected);
        }

        private String text(String name) {
            if (values.get(name) instanceof String text) {
                return text;
            }
            throw wrong(name, "text");
        }

        private Instant time(String name) {
            try {
                return Instant.parse(text(name));
            } catch (DateTimeException e) {
                throw wrong(name, "a time such as 2026-01-31T12:00:00Z");
            }
        }

        private int count(String name) {
            if (values.get(name) instanceof Number number && number.longValue() == number.intValue()) {
                return number.intValue();
            }
            throw wrong(name, "a whole number");
        }

        private <E extends Enum<E>> E constant(String name, Class<E> type) {
            return constant(text(name), name, type);
        }

        private <E extends Enum<E>> E constant(String text, String name, Class<E> type) {
            try {
                return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw wrong(name, "one of " + List.of(type.getEnumConstants()));
            }
        }

        private <E extends Enum<E>> List<E> constants(String name, Class<E> type) {
            List<E> constants = new ArrayList<>();
            for (Object each : list(name)) {
                constants.add(constant(String.valueOf(each), name, type));
            }
            return constants;
        }

        private Map<String, Object> object(String name) {
            return object(values.get(name), name);
        }

        private Map<String, Object> object(Object value, String name) {
            if (!(value instanceof Map<?, ?> map)) {
                throw wrong(name, "an object");
            }
            Map<String, Object> object = new LinkedHashMap<>();
            map.forEach((key, inner) -> object.put((String) key, inner));
            return object;
        }

        private <T> List<T> objects(String name, Function<Members, T> reading) {
            List<T> all = new ArrayList<>();
            for (Object each : list(name)) {
                String inner = place + name + "[" + all.size() + "]";
                all.add(reading.apply(new Members(inner + ".", object(each, name + "[" + all.size() + "]"))));
            }
            return all;
        }

        private List<?> list(String name) {
            if (values.get(name) instanceof List<?> list) {
                return list;
            }
            throw wrong(name, "a list");
        }

        private Map<String, Object> without(String... known) {
            Map<String, Object> other = new LinkedHashMap<>(values);
            other.keySet().removeAll(List.of(known));
            return other;
        }
    }
}
