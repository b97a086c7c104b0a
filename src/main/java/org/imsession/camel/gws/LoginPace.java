package org.imsession.camel.gws;

/**
 * Spreads the logins of many agents, so that a server which comes back meets a ramp and not a wall: bounds how many
 * begin in a second, and how many are under way. {@link PacedLogin} is the way of one through it.
 */
@FunctionalInterface
public interface LoginPace {

    /** Every login at once. */
    LoginPace NONE = begin -> {
        begin.run();
        return () -> { };
    };

    /**
     * Asks for a turn.
     *
     * @param begin called once when it is this login's turn, perhaps before this returns, by any thread; must not block
     * @return to be told when the login is over
     */
    Turn turn(Runnable begin);

    /**
     * Asks for a turn on behalf of somebody who waits for what comes behind the login: before those who do not, but for
     * every other one, so that they get on as well.
     *
     * @param begin as of {@link #turn}
     * @return to be told when the login is over
     */
    default Turn soon(Runnable begin) {
        return turn(begin);
    }

    /**
     * Asks for a place among those under way, on behalf of somebody who has had a turn for the login and shakes hands
     * only now: as {@link #turn}, but it does not count among those that begin in a second.
     *
     * @param begin as of {@link #turn}
     * @return to be told when the handshake is over
     */
    default Turn further(Runnable begin) {
        return turn(begin);
    }

    /**
     * Asks for a turn for a login whose credential has been asked for {@linkplain #ahead ahead}: as {@link #turn}, but
     * soon, for it gets older while it waits.
     *
     * @param begin as of {@link #turn}
     * @return to be told when the login is over
     */
    default Turn asked(Runnable begin) {
        return turn(begin);
    }

    /**
     * Where to ask for leave to look up a credential that is not at hand, before the turn of its login is asked for.
     * What is under way there is over when the login begins: a bounded number of credentials is known ahead, and those
     * that are long in coming hold no place of a login.
     */
    default LoginPace ahead() {
        return NONE;
    }

    /** The place of one login among the others. */
    @FunctionalInterface
    interface Turn {

        /** The login is over, or no longer wanted; the first call counts. Without it others wait for ever. */
        void over();
    }
}
