package org.imsession.camel.bayeux;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.cometd.common.JSONContext;
import org.imsession.camel.gws.AnswerMemory;

/**
 * Splits the answer to a request into its messages while it arrives, without decoding what is inside the events, and
 * within bounds, whatever it unpacks to: a message above the limit is skipped, not the ones around it, and once all of
 * them are above it, or need more memory than there is, the events that follow are left to the server. Knows only enough
 * of JSON to find where a message ends, so depth costs nothing. One thread at a time.
 */
final class AnswerParser implements JSONContext.AsyncParser {

    /** What is kept of a message that is too large: enough to see what it was. */
    static final int SKIPPED_PREFIX = 4096;
    /** All replies of an answer together: there is one for each request, of some hundred bytes. */
    static final int REPLIES_LIMIT = 16_384;
    /** A server that keeps events sends all that it has with each answer, so these are far above what is taken. */
    static final int MOST_MESSAGES = 1_000_000;
    private static final int ANSWER_TIMES = 16;
    private static final int ANSWER_LEAST = 16 << 20;
    private static final byte[] NOTHING = new byte[0];

    private enum Place { BEFORE, BETWEEN, INSIDE, BEHIND }

    private final int limit;
    private final int[] expected;
    private final AnswerMemory.Share memory;
    private final EventOutline outline = new EventOutline();
    private final Answer answer = new Answer();
    private final MessageBuffer message;
    private Place place = Place.BEFORE;
    private boolean single;
    private boolean inString;
    private boolean escaped;
    private boolean joined;
    private int depth;
    private long length;
    private long total;
    private int messages;
    private long kept;
    private int replies;
    private long taken;
    private boolean aligned = true;

    /**
     * @param limit    the largest message, and the largest sum of new messages, in bytes
     * @param expected the checksums of the events that the server sends again in front; their bytes are not kept, so
     *                 that a backlog cannot use the limit up
     * @param memory   what the answer may need, until it is {@linkplain #release() released}
     */
    AnswerParser(int limit, int[] expected, AnswerMemory.Share memory) {
        this.limit = limit;
        this.expected = expected;
        this.memory = memory;
        this.message = new MessageBuffer(Math.max(limit, REPLIES_LIMIT), memory);
    }

    @Override
    public void parse(ByteBuffer buffer) {
        total += buffer.remaining();
        bound("bytes, unpacked", total, Math.max(ANSWER_LEAST, (long) ANSWER_TIMES * limit));
        byte[] bytes = joined(buffer);
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

    /**
     * What has come, behind the beginning of a message that the bytes before ended with: it is whole now, most likely.
     * Only once for each, and only if it is small, so that bytes which come one by one are not looked at as often.
     */
    private byte[] joined(ByteBuffer buffer) {
        boolean again = length > 0 && !joined && message.holds(length);
        byte[] begun = again ? message.take() : NOTHING;
        byte[] bytes = Arrays.copyOf(begun, begun.length + buffer.remaining());
        buffer.get(bytes, begun.length, buffer.remaining());
        if (again) {
            joined = true;
            depth = 0;
            inString = false;
            escaped = false;
            length = 0;
        }
        return bytes;
    }

    private static void bound(String what, long number, long most) {
        if (number > most) {
            throw NotBayeuxException.broken("the answer has more than " + most + " " + what);
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
            bound("messages", ++messages, MOST_MESSAGES);
        } else if (b == ']' && place == Place.BETWEEN) {
            place = Place.BEHIND;
        } else if (!(b == ',' && place == Place.BETWEEN) && !isByteOrderMark(b)) {
            String problem = "the answer is not a JSON array of Bayeux messages";
            throw place == Place.BEFORE ? NotBayeuxException.other(problem) : NotBayeuxException.broken(problem);
        }
    }

    private boolean isByteOrderMark(byte b) {
        return place == Place.BEFORE && (b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF);
    }

    /** Takes an event that lies whole in these bytes, as nearly all do; negative if this is not one, or too large. */
    private int whole(byte[] bytes, int from) {
        int end = answer.truncated() ? -1 : outline.find(bytes, from);
        if (end < 0 || end - from > limit) {
            return -1;
        }
        event(outline.channel(), outline.data(), end - from, outline.weight());
        ended();
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
        length += at - from;
        if (!answer.truncated() || length <= REPLIES_LIMIT) {
            message.add(bytes, from, at);
        }
        if (closed) {
            end();
        }
        return at;
    }

    private void end() {
        long size = length;
        length = 0;
        if (answer.truncated() && size > REPLIES_LIMIT) { // an event would stand in the place of another
            message.release();
        } else if (message.isStarved()) {
            message.release();
            answer.truncate();
        } else {
            read(message.take(), size);
        }
        ended();
    }

    private void read(byte[] bytes, long size) {
        Envelope envelope = bytes.length == size ? new Envelope(bytes) : null;
        if (envelope != null && envelope.isReply()) {
            replies += bytes.length;
            bound("bytes of replies", replies, REPLIES_LIMIT);
            answer.add(envelope.reply());
        } else if (answer.truncated()) {
            return;
        } else if (size > limit) {
            skip(bytes, size);
        } else {
            byte[] data = envelope.data();
            event(envelope.channel(), data, size, EventWeight.of(data));
        }
    }

    private void skip(byte[] bytes, long size) {
        byte[] prefix = Arrays.copyOf(bytes, Math.min(bytes.length, SKIPPED_PREFIX));
        int checksum = Envelope.checksum(prefix, size);
        if (isSentAgain(checksum)) {
            answer.addRepeated("", size, checksum);
        } else if (take(EventWeight.of(prefix))) {
            aligned &= !repeats();
            answer.addSkipped(prefix, size, checksum);
        } else {
            answer.truncate();
        }
    }

    private void event(String channel, byte[] json, long size, long weight) {
        int checksum = Envelope.checksum(json, size);
        if (isSentAgain(checksum)) {
            answer.addRepeated(channel, size, checksum);
            return;
        }
        if (weight > mostForEvents()) {
            skip(json, size);
        } else if (kept + size <= limit && take(weight)) {
            aligned &= !repeats();
            kept += size;
            answer.addEvent(channel, json, size, checksum, weight);
        } else {
            answer.truncate();
        }
    }

    private boolean isSentAgain(int checksum) {
        return repeats() && checksum == expected[answer.events().size()];
    }

    private boolean take(long weight) {
        boolean free = memory.take(weight, mostForEvents());
        taken += free ? weight : 0;
        return free;
    }

    /** So that there is always room to look at a message that is sent again, however many are at work. */
    private long mostForEvents() {
        return memory.most() / 7 * 6;
    }

    private void ended() {
        joined = false;
        place = single ? Place.BEHIND : Place.BETWEEN;
    }

    /** A server that has once not sent what it should have sent again does not repeat itself. */
    private boolean repeats() {
        return aligned && answer.events().size() < expected.length;
    }

    /** How many bytes have come, unpacked. */
    long length() {
        return total;
    }

    /** What has come whole so far. */
    Answer soFar() {
        return answer;
    }

    /** Gives the memory back: whoever keeps events has taken it over by now. */
    void release() {
        message.release();
        memory.give(taken);
        taken = 0;
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
            throw NotBayeuxException.cut("the answer ends in the middle of its JSON");
        }
        if (single && answer.isEmpty() && answer.events().stream().allMatch(event -> event.channel().isEmpty())) {
            throw NotBayeuxException.other("the answer is a JSON object, but no Bayeux message"); // a gateway's page
        }
        return (R) answer;
    }
}
