package org.imsession.camel.event;

/**
 * Where an event stands among all that the server sent in one Bayeux session, so that a hole can be seen.
 *
 * @param bayeuxSession a name for the session that is no secret, empty if there is no number
 * @param number        counts the events of the session from 0, as the server queued them; negative if it has none
 * @param filtered      how many numbers right before this one are of events that nobody is told: of other channels
 */
public record EventNumber(String bayeuxSession, long number, long filtered) {

    /** For gaps, snapshots, and what came beside the queue of the server. */
    public static final EventNumber NONE = new EventNumber("", -1, 0);

    /** Whether there is one. */
    public boolean known() {
        return number >= 0;
    }
}
