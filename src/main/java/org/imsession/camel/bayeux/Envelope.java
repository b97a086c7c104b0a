package org.imsession.camel.bayeux;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;

/**
 * The outside of one Bayeux message, with its {@code data} as it came. Everything that is no reply is an event, and an
 * event that cannot be read is still one: its whole text goes on, to be reported by those who can tell the operator.
 */
final class Envelope {

    /** What the client looks at; anything else in a reply is only memory. */
    private static final Set<String> REPLY_FIELDS = Set.of(Message.CHANNEL_FIELD, Message.ID_FIELD,
            Message.CLIENT_ID_FIELD, Message.SUCCESSFUL_FIELD, Message.ERROR_FIELD, Message.ADVICE_FIELD,
            Message.EXT_FIELD, Message.SUBSCRIPTION_FIELD, Message.SUPPORTED_CONNECTION_TYPES_FIELD,
            Message.VERSION_FIELD);
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build())
            .build());

    private final byte[] message;
    private final Map<String, JsonSlice> members;
    private final String channel;

    Envelope(byte[] message) {
        this.message = message;
        this.members = members(message);
        this.channel = channel(members.get(Message.CHANNEL_FIELD));
    }

    static int checksum(byte[] json, long size) {
        CRC32C sum = new CRC32C(); // one instruction for eight bytes on today's processors
        sum.update(json);
        return 31 * (int) sum.getValue() + Long.hashCode(size);
    }

    private static Map<String, JsonSlice> members(byte[] message) {
        try {
            return JsonSlice.members(message);
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    private static String channel(JsonSlice channel) {
        if (channel == null) {
            return "";
        }
        return value(channel) instanceof String name ? name : "";
    }

    /** The channel of the message, empty if that cannot be told. */
    String channel() {
        return channel;
    }

    boolean isReply() {
        return channel.startsWith(Channel.META + "/")
                || !channel.isEmpty() && !members.containsKey(Message.DATA_FIELD)
                && members.containsKey(Message.SUCCESSFUL_FIELD);
    }

    /** The data of an event; the whole message if it has no channel or no data. */
    byte[] data() {
        JsonSlice data = members.get(Message.DATA_FIELD);
        return channel.isEmpty() || data == null ? message : data.copy();
    }

    Reply reply() {
        Reply reply = new Reply();
        members.forEach((name, slice) -> {
            if (REPLY_FIELDS.contains(name)) {
                reply.put(name, value(slice));
            }
        });
        reply.mend();
        return reply;
    }

    /** What most members of a reply are needs no mapper, which would be asked for each of them. */
    private static Object value(JsonSlice slice) {
        if (slice.isPlainText()) {
            return slice.plainText();
        }
        return slice.is("true") ? Boolean.TRUE : slice.is("false") ? Boolean.FALSE : mapped(slice);
    }

    private static Object mapped(JsonSlice slice) {
        try {
            return MAPPER.readValue(slice.json(), slice.from(), slice.length(), Object.class);
        } catch (JsonProcessingException e) {
            return new String(slice.copy(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
