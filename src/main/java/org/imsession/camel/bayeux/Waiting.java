package org.imsession.camel.bayeux;

/** What waits for events to end before it leaves. */
interface Waiting {

    /** Events have ended. */
    void ended();
}
