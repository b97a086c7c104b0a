package org.imsession.camel.bayeux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;

/** The parsed answer to one HTTP request: the replies, which CometD handles, and the events, which it never sees. */
final class Answer extends ArrayList<Message.Mutable> {

    private static final long serialVersionUID = 1L;
    private static final byte[] NOTHING = new byte[0];

    private final transient List<ReceivedEvent> events = new ArrayList<>();
    private boolean truncated;

    List<ReceivedEvent> events() {
        return events;
    }

    /**
     * Adds an event.
     *
     * @param json the data, or the whole message if there is no channel
     * @param size the length of the message
     */
    void addEvent(String channel, byte[] json, long size, int checksum, long weight) {
        events.add(new ReceivedEvent(channel, json, size, checksum, false, false, weight));
    }

    /** Adds an event that is too large, of which only the beginning is kept. */
    void addSkipped(byte[] prefix, long size, int checksum) {
        events.add(new ReceivedEvent("", prefix, size, checksum, true, false));
    }

    /** Adds an event that was received before. */
    void addRepeated(String channel, long size, int checksum) {
        events.add(new ReceivedEvent(channel, NOTHING, size, checksum, false, true, 0));
    }

    /** The reply to that request, {@code null} if there is none. */
    Reply replyTo(Message request) {
        for (Message.Mutable message : this) {
            if (message.getChannel().equals(request.getChannel())) {
                return (Reply) message;
            }
        }
        return null;
    }

    /**
     * If the server ends the session with this answer of its own accord, the message that says most about why: CometD
     * ends the session at the pushed disconnect, and does not look at a failed reply behind it.
     */
    Optional<Message> pushedDisconnect(Message request) {
        boolean pushed = !Channel.META_DISCONNECT.equals(request.getChannel())
                && stream().anyMatch(message -> Channel.META_DISCONNECT.equals(message.getChannel()));
        if (!pushed) {
            return Optional.empty();
        }
        return stream().filter(message -> message.get(Message.ERROR_FIELD) instanceof String)
                .map(message -> (Message) message).findFirst();
    }

    /** Whether there were more events than the limit on an answer let in. */
    boolean truncated() {
        return truncated;
    }

    void truncate() {
        truncated = true;
    }
}
