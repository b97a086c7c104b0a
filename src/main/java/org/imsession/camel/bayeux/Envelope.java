package org.imsession.camel.bayeux;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;

/**
 * Reads the envelope of one Bayeux message and leaves its {@code data} as it came. Everything that is no reply is an
 * event, and an event that cannot be read is still one: its whole text goes on, to be reported by those who can tell
 * the operator. Immutable.
 */
final class Envelope {

    private static final byte[] NOTHING = new byte[0];

    private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build())
            .build());

    /**
     * Adds a message to the answer, as reply or event.
     *
     * @param expected the checksum that the event has if it is sent again
     * @param repeats  whether it stands where one that is sent again has to stand
     * @return how many bytes of it are kept in memory
     */
    int read(byte[] message, Answer answer, boolean repeats, int expected) {
        Map<String, JsonSlice> members = members(message);
        String channel = channel(members);
        if (isReply(channel, members)) {
            addReply(members, answer);
            return 0;
        }
        JsonSlice data = members.get(Message.DATA_FIELD);
        byte[] json = channel.isEmpty() || data == null ? message : data.copy();
        return addEvent(channel, json, message.length, answer, repeats, expected);
    }

    /**
     * As {@link #read} for an event whose parts have been found.
     *
     * @param json its data
     * @param size the length of the message
     */
    static int addEvent(String channel, byte[] json, int size, Answer answer, boolean repeats, int expected) {
        int checksum = checksum(json, size);
        boolean repeated = repeats && checksum == expected;
        answer.events().add(new WireEvent(channel, repeated ? NOTHING : json, size, checksum, false, repeated));
        return repeated ? 0 : size;
    }

    static int checksum(byte[] json, long size) {
        CRC32C sum = new CRC32C(); // one instruction for eight bytes on today's processors
        sum.update(json);
        return 31 * (int) sum.getValue() + Long.hashCode(size);
    }

    /** Adds a message if it is a reply; {@code false} if it is an event. */
    boolean readReply(byte[] message, Answer answer) {
        Map<String, JsonSlice> members = members(message);
        if (!isReply(channel(members), members)) {
            return false;
        }
        addReply(members, answer);
        return true;
    }

    private static Map<String, JsonSlice> members(byte[] message) {
        try {
            return JsonSlice.members(message);
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    private String channel(Map<String, JsonSlice> members) {
        JsonSlice channel = members.get(Message.CHANNEL_FIELD);
        if (channel == null) {
            return "";
        }
        return channel.isPlainText() ? channel.plainText() : value(channel) instanceof String name ? name : "";
    }

    private static boolean isReply(String channel, Map<String, JsonSlice> members) {
        return channel.startsWith(Channel.META + "/")
                || !channel.isEmpty() && !members.containsKey(Message.DATA_FIELD)
                && members.containsKey(Message.SUCCESSFUL_FIELD);
    }

    private void addReply(Map<String, JsonSlice> members, Answer answer) {
        Reply reply = new Reply();
        members.forEach((name, slice) -> reply.put(name, value(slice)));
        reply.mend();
        answer.add(reply);
    }

    private Object value(JsonSlice slice) {
        try {
            return mapper.readValue(slice.json(), slice.from(), slice.length(), Object.class);
        } catch (JsonProcessingException e) {
            return new String(slice.copy(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
