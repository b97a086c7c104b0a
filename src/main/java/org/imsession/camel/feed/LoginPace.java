package org.imsession.camel.feed;

/**
 * Spreads the logins of many agents, so that a server which comes back meets a ramp and not a wall.
 */
public interface LoginPace {

    /** Every login at once. */
    LoginPace NONE = () -> 0;

    /**
     * Takes the next turn.
     *
     * @return how long to wait for it, in milliseconds
     */
    long millisToNextTurn();
}
