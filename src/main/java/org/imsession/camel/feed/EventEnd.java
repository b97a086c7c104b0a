package org.imsession.camel.feed;

/** The end of an event for one subscriber. */
interface EventEnd {

    /** Of what nobody waits for. */
    EventEnd NONE = () -> { };

    /** The subscriber needs no further delivery of it; once for each. */
    void ended();
}
