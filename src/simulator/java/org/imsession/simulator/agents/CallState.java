package org.imsession.simulator.agents;

/** The states of an IM session, which is a call of SIP Server, as one party sees it. */
public enum CallState {
    /** The party has called and waits (EventDialing). */
    INITIATING("Initiating"),
    /** The party is called (EventRinging). */
    ALERTING("Alerting"),
    /** Both are connected (EventEstablished). */
    TALKING("Talking"),
    /** The session has ended (EventReleased). */
    COMPLETED("Completed");

    private final String wireName;

    CallState(String wireName) {
        this.wireName = wireName;
    }

    /**
     * The state as GWS names it.
     *
     * @return the name
     */
    public String wireName() {
        return wireName;
    }
}
