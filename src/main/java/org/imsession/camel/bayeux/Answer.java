package org.imsession.camel.bayeux;

import java.util.ArrayList;
import java.util.List;
import org.cometd.bayeux.Message;

/** The parsed answer to one HTTP request: the replies, which CometD handles, and the events, which it never sees. */
final class Answer extends ArrayList<Message.Mutable> {

    private static final long serialVersionUID = 1L;

    private final transient List<WireEvent> events = new ArrayList<>();
    private boolean truncated;

    List<WireEvent> events() {
        return events;
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

    /** Whether there were more events than the limit on an answer let in. */
    boolean truncated() {
        return truncated;
    }

    void truncate() {
        truncated = true;
    }
}
