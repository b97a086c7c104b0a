package org.imsession.camel;

import org.imsession.camel.feed.FeedStatus;

/** How one agent is doing, in one line: for JMX and the dev console. */
final class AgentLine {

    private AgentLine() {
    }

    static String of(FeedStatus status) {
        return status + " pending=" + status.pending() + " received=" + status.received() + " gaps=" + status.gaps()
                + " reconnects=" + status.reconnects() + " lastEvent="
                + status.lastEventAt().map(Object::toString).orElse("none") + " guarantee="
                + status.guarantee().label();
    }
}
