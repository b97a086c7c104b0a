package org.imsession.camel.bayeux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.cometd.common.JSONContext;

/**
 * Splits the answer to a request into its messages while it arrives, without decoding what is inside the events, and
 * without ever holding more than the limit: a message above it is skipped, not the ones around it, and once the whole
 * answer is above it the events that follow are left to the server. Knows only enough of JSON to find where a message
 * ends, so depth costs nothing. One thread at a time.
 */
final class AnswerParser implements JSONContext.AsyncParser {

    /** What is kept of a message that is too large: enough to see what it was. */
    static final int SKIPPED_PREFIX = 4096;
    /** Replies are small; they are read even when the events before them have used the limit up. */
    private static final int REPLY_LIMIT = 65_536;

    private enum Place { BEFORE, BETWEEN, INSIDE, BEHIND }

    private final Envelope envelope;
    private final int limit;
    private final int[] expected;
    private final EventOutline outline = new EventOutline();
    private final Answer answer = new Answer();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(1024);
    private Place place = Place.BEFORE;
    private boolean single;
    private boolean inString;
    private boolean escaped;
    private int depth;
    private long length;
    private long kept;
    private boolean aligned = true;

    /**
     * @param envelope reads a message once it is whole
     * @param limit    the largest message, and the largest sum of new messages, in bytes
     * @param expected the checksums of the events that the server sends again in front; their bytes are not kept, so
     *                 that a backlog cannot use the limit up
     */
    AnswerParser(Envelope envelope, int limit, int[] expected) {
        this.envelope = envelope;
        this.limit = limit;
        this.expected = expected;
    }

    @Override
    public void parse(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        int i = 0;
        while (i < bytes.length) {
            if (place == Place.INSIDE) {
                int end = length == 0 ? whole(bytes, i) : -1;
                i = end < 0 ? inside(bytes, i) : end;
            } else {
                outside(bytes[i]);
                i += place == Place.INSIDE ? 0 : 1;
            }
        }
    }

    private void outside(byte b) {
        if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            return;
        }
        if (place == Place.BEFORE && b == '[') {
            place = Place.BETWEEN;
        } else if (b == '{' && (place == Place.BEFORE || place == Place.BETWEEN)) {
            single = place == Place.BEFORE;
            place = Place.INSIDE;
        } else if (b == ']' && place == Place.BETWEEN) {
            place = Place.BEHIND;
        } else if (!(b == ',' && place == Place.BETWEEN) && !isByteOrderMark(b)) {
            String message = "the answer is not a JSON array of Bayeux messages";
            throw place == Place.BEFORE ? NotBayeuxException.other(message) : NotBayeuxException.broken(message);
        }
    }

    private boolean isByteOrderMark(byte b) {
        return place == Place.BEFORE && (b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF);
    }

    /** Takes an event that lies whole in these bytes, as nearly all do; negative if this is not one, or too large. */
    private int whole(byte[] bytes, int from) {
        int end = answer.truncated() ? -1 : outline.find(bytes, from);
        int size = end - from;
        if (end < 0 || size > limit || kept + size > limit && !repeats()) {
            return -1;
        }
        int number = answer.events().size();
        boolean again = repeats();
        kept += Envelope.addEvent(outline.channel(), outline.data(), size, answer, again, again ? expected[number] : 0);
        ended(number);
        return end;
    }

    /** Takes bytes of a message, to its end if that has come; on local variables, since each byte passes here. */
    private int inside(byte[] bytes, int from) {
        int open = depth;
        boolean string = inString;
        boolean escape = escaped;
        boolean closed = false;
        int at = from;
        while (at < bytes.length && !closed) {
            byte b = bytes[at++];
            if (string) {
                string = escape || b != '"';
                escape = !escape && b == '\\';
            } else if (b == '"') {
                string = true;
            } else if (b == '{' || b == '[') {
                open++;
            } else if (b == '}' || b == ']') {
                closed = --open == 0;
            }
        }
        depth = open;
        inString = string;
        escaped = escape;
        keep(bytes, from, at);
        if (closed) {
            end();
        }
        return at;
    }

    private void keep(byte[] bytes, int from, int to) {
        length += to - from;
        int room = (int) Math.min(to - from, (long) limit - message.size());
        if (room > 0) {
            message.write(bytes, from, room);
        }
    }

    private void end() {
        byte[] bytes = message.toByteArray();
        int number = answer.events().size();
        if (answer.truncated()) { // an event, even one to be skipped, would stand in the place of another
            if (length <= Math.min(limit, REPLY_LIMIT)) {
                envelope.readReply(bytes, answer);
            }
        } else if (length > limit) {
            byte[] prefix = Arrays.copyOf(bytes, Math.min(bytes.length, SKIPPED_PREFIX));
            answer.events().add(new WireEvent("", prefix, length, Envelope.checksum(prefix, length), true, false));
        } else if (kept + length <= limit || repeats()) {
            kept += envelope.read(bytes, answer, repeats(), repeats() ? expected[number] : 0);
        } else if (length > REPLY_LIMIT || !envelope.readReply(bytes, answer)) {
            answer.truncate();
        }
        ended(number);
        message.reset();
        length = 0;
    }

    /** What began as the message of that number has been taken. */
    private void ended(int number) {
        if (number < expected.length && number < answer.events().size()) {
            aligned &= answer.events().get(number).checksum() == expected[number];
        }
        place = single ? Place.BEHIND : Place.BETWEEN;
    }

    /** A server that has once not sent what it should have sent again does not repeat itself. */
    private boolean repeats() {
        return aligned && answer.events().size() < expected.length;
    }

    /**
     * The answer, as {@link Answer}.
     *
     * @throws NotBayeuxException if it ended too early
     */
    @Override
    @SuppressWarnings("unchecked") // the signature of CometD's interface leaves the type to its caller
    public <R> R complete() {
        if (place == Place.BEFORE) {
            throw NotBayeuxException.other("the answer is empty");
        }
        if (place != Place.BEHIND) {
            throw NotBayeuxException.broken("the answer ends in the middle of its JSON");
        }
        if (single && answer.isEmpty() && answer.events().stream().allMatch(event -> event.channel().isEmpty())) {
            throw NotBayeuxException.other("the answer is a JSON object, but no Bayeux message"); // a gateway's page
        }
        return (R) answer;
    }
}
