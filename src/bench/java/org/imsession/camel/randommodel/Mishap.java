package org.imsession.camel.randommodel;

/** What befalls a request on its way to the server, or its answer on the way back. */
enum Mishap {

    NONE,
    /** The answer comes late. */
    SLOW,
    /** The answer comes so late that the client has given up. */
    TOO_SLOW,
    /** The server never hears of it. */
    LOST_REQUEST,
    /** The server has done it, and nobody hears of that. */
    LOST_ANSWER,
    /** As {@link #LOST_ANSWER}, in the middle of the answer. */
    CUT_ANSWER,
    /** Somebody in between asks twice and gives the second answer. */
    ASKED_TWICE,
    /** The server has forgotten the session. */
    FORGOTTEN,
    /** The same, a while after it was asked. */
    FORGOTTEN_LATE,
    /** The server says no. */
    REFUSED
}
