package org.imsession.camel.randommodel;

/**
 * One step of a plan.
 *
 * @param kind   what is done
 * @param number how much of it, or to which route
 * @param step   the request that a mishap is for, else {@code null}
 * @param mishap what befalls the next of them, else {@code null}
 */
record Act(Kind kind, int number, Step step, Mishap mishap) {

    /** What can be asked of the server. */
    enum Step { HANDSHAKE, SUBSCRIBE, CONNECT, LIST, OTHER }

    /** What can be done; where a route is said, it is the number of it. */
    enum Kind {
        /** So many events are sent. */
        SEND,
        /** So many milliseconds pass. */
        PAUSE,
        SUSPEND, RESUME, STOP, START,
        /** The process is gone without a word; the next one begins so many milliseconds later. */
        KILL,
        /** The process ends in order; the next one begins so many milliseconds later. */
        RESTART,
        /** The server forgets all sessions. */
        FORGET,
        /** The server does not answer for so many milliseconds. */
        OUTAGE,
        /** The route stands still in its exchange. */
        BLOCK,
        /** The route fails. */
        FAIL,
        /** The route works. */
        HEAL,
        /** The routes work from that many microseconds later on. */
        HEAL_SOON,
        /** A producer asks for something and so keeps the feed alive. */
        ASK,
        /** The session that the server lists becomes another one. */
        CHAT,
        /** The next of these requests meets with that mishap. */
        MEET,
        /** Waits until the route is live. */
        AWAIT_LIVE,
        /** Waits until the server has a session that is subscribed. */
        AWAIT_SUBSCRIBED,
        /** Waits until the route stands still in an exchange. */
        AWAIT_ENTERED,
        /** Waits until the route has had everything that was sent. */
        AWAIT_DELIVERED
    }

    static Act of(Kind kind, int number) {
        return new Act(kind, number, null, null);
    }

    static Act meet(Step step, Mishap mishap) {
        return new Act(Kind.MEET, 0, step, mishap);
    }

    @Override
    public String toString() {
        return kind == Kind.MEET ? step + " " + mishap : kind + " " + number;
    }
}
