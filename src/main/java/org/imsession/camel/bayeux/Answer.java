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

    /** Whether there were more events than the limit on an answer let in. */
    boolean truncated() {
        return truncated;
    }

    void truncate() {
        truncated = true;
    }
}
