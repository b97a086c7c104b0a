package org.imsession.camel.model;

/**
 * The states of an IM session and the T-Library events behind them (Genesys, GWS 8.5.2 API, IM Session Resource).
 */
public enum SessionState {
    /** The agent's own invitation is on its way (EventDialing). */
    INITIATING("Initiating"),
    /** Somebody else's invitation rings (EventRinging). */
    ALERTING("Alerting"),
    /** Both sides can send texts (EventEstablished). */
    TALKING("Talking"),
    /** The session is over (EventReleased). */
    COMPLETED("Completed"),
    /** A state that the documentation does not list; its text is in {@link IMSession#stateText()}. */
    UNKNOWN("");

    private static final SessionState[] ALL = values();

    private final String wireName;

    SessionState(String wireName) {
        this.wireName = wireName;
    }

    /** The documented spelling, empty for {@link #UNKNOWN}. */
    public String wireName() {
        return wireName;
    }

    /**
     * The state of that name; blanks around it and its case do not count, because every push sample of the
     * documentation says {@code " Talking"}.
     *
     * @param text a state as sent, not {@code null}
     * @return the state, {@link #UNKNOWN} for any other text
     */
    public static SessionState of(String text) {
        for (SessionState state : ALL) {
            if (state.wireName.equals(text) && state != UNKNOWN) { // as nearly all are spelled
                return state;
            }
        }
        String name = text.strip();
        for (SessionState state : ALL) {
            if (state != UNKNOWN && state.wireName.equalsIgnoreCase(name)) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
