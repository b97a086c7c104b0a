package org.imsession.camel.conversation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.imsession.camel.conversation.form.JsonOfConversation;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.LogText;
import org.imsession.camel.model.Participant;
import org.imsession.camel.text.Sha256;

/**
 * An IM session as one agent's feed told it, from the first event to the last. Immutable, and safe for use by any
 * number of threads; no accessor returns {@code null}. Times are those of receipt, because GWS sends none, and nothing
 * is in it that was not heard: where an end, a sender or a text is missing, it says so.
 *
 * @param server     the address of the server as configured, without user and password
 * @param agent      the login name of the agent
 * @param sessionId  the id of the IM session
 * @param parties    the other parties, in the order in which they were first named
 * @param begun      when the first event of it was received
 * @param ended      when it was completed, as far as that is known; else when the last event of it was received
 * @param states     the states that it had, in order
 * @param userData   the attached data at the end
 * @param texts      the texts, in the order in which the server sent them
 * @param gaps       the gaps of the agent's feed that meet it, in order
 * @param incomplete why something may be missing; empty if the conversation is complete
 * @param events     of how many events and gaps it was made
 * @param other      members of its JSON that this version does not know, in the order read
 */
@JsonOfConversation
public record IMConversation(String server, String agent, String sessionId, List<Participant> parties, Instant begun,
                             Instant ended, List<State> states, Map<String, Object> userData, List<Text> texts,
                             List<FeedGap> gaps, List<Reason> incomplete, int events, Map<String, Object> other) {

    /** {@code messageType} in the JSON of a conversation. */
    public static final String MESSAGE_TYPE = "IMConversation";
    private static final int ID_BYTES = 16;

    public IMConversation {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(begun, "begun");
        Objects.requireNonNull(ended, "ended");
        parties = List.copyOf(parties);
        states = List.copyOf(states);
        userData = copy(userData);
        texts = List.copyOf(texts);
        gaps = List.copyOf(gaps);
        incomplete = incomplete.stream().distinct().sorted().toList();
        other = copy(other);
    }

    /** Why a conversation is not complete, or cannot be known to be. */
    public enum Reason {
        /** The first event was no live change of its state: it had begun before it was followed. */
        BEGINNING_NOT_SEEN("its beginning was not seen"),
        /** It was never told to be completed; it has been silent for the set time. */
        END_NOT_SEEN("its end was not seen"),
        /** A gap in the agent's feed meets it. */
        GAP("the feed had a gap meanwhile"),
        /** An event between its first and its last is missing in the database, for no reason that is known there. */
        HOLE("an event is missing in the database"),
        /** An event of it could not be understood; the database has it as it was received. */
        NOT_UNDERSTOOD("an event of it was not understood");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** The same for people, without a full stop. */
        public String words() {
            return words;
        }
    }

    /** Whether the login of the agent sent a text; as {@code CamelIMSessionDirection} says. */
    public enum Direction {
        /** This login sent it. */
        OUTBOUND,
        /** This login has sent texts, and not this one. */
        INBOUND,
        /** This login has sent none, so nothing is known. */
        UNKNOWN
    }

    /** Who said a text. Nobody is named who is not known. */
    public enum Sender {
        /** The agent: the text was sent with this login. */
        AGENT,
        /**
         * The other party: two followed agents heard the text in this conversation, and the other one's login sent it.
         */
        OTHER_PARTY,
        /** Nobody can tell: GWS names no sender. */
        NOT_KNOWN
    }

    /**
     * A state that the session had.
     *
     * @param at       when it was told
     * @param state    as documented ({@code Talking}), else as sent
     * @param origin   {@code live}, {@code redelivered}, {@code snapshot} or {@code replay}, as {@code
     * CamelIMSessionOrigin} says
     * @param sequence the position of the event in the agent's feed
     * @param other    unknown members of its JSON
     */
    public record State(Instant at, String state, String origin, String sequence, Map<String, Object> other) {

        public State {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(sequence, "sequence");
            other = copy(other);
        }
    }

    /**
     * A text.
     *
     * @param at        when it was received
     * @param direction whether this login sent it
     * @param sender    who said it
     * @param sequence  the position of the event in the agent's feed
     * @param text      the text
     * @param other     unknown members of its JSON
     */
    public record Text(Instant at, Direction direction, Sender sender, String sequence, String text,
                       Map<String, Object> other) {

        public Text {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(direction, "direction");
            Objects.requireNonNull(sender, "sender");
            Objects.requireNonNull(sequence, "sequence");
            Objects.requireNonNull(text, "text");
            other = copy(other);
        }

        /** When and whose, never the text. */
        @Override
        public String toString() {
            return "Text[at=" + at + ", sender=" + sender + ", text of " + text.length() + " characters]";
        }
    }

    /** The same for the same server, agent and session, always: 32 hexadecimal digits. */
    public String id() {
        String key = server.length() + " " + server + " " + agent.length() + " " + agent + " " + sessionId;
        return Sha256.hex(key.getBytes(StandardCharsets.UTF_16BE), ID_BYTES);
    }

    /**
     * The id and of how many events it was made: the same when the same comes again, and another when later events have
     * changed it. Fit for an idempotent receiver, which then replaces what it has of the {@link #id()}.
     */
    public String key() {
        return id() + "-" + events;
    }

    /** Whether nothing is missing, as far as can be known. */
    public boolean complete() {
        return incomplete.isEmpty();
    }

    /** The number of a party as it is best shown: the first that was sent of its four. */
    public static String number(Participant party) {
        return List.of(party.phoneNumber(), party.formattedPhoneNumber(), party.digits(), party.e164Number()).stream()
                .filter(each -> !each.isBlank()).findFirst().orElse("");
    }

    /** Which session it is and how much there is of it; no text and no attached data. */
    @Override
    public String toString() {
        return MESSAGE_TYPE + "[agent=" + LogText.escape(agent) + ", sessionId=" + LogText.escape(sessionId)
                + ", " + texts.size() + " texts, " + (complete() ? "complete" : "incomplete: " + incomplete) + "]";
    }

    /** Deep, unmodifiable, in order; {@code null} stays. */
    private static Map<String, Object> copy(Map<String, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, copyOf(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object copyOf(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(String.valueOf(key), copyOf(inner)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(inner -> copy.add(copyOf(inner)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
