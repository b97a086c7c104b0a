package org.imsession.camel.bayeux;

/** Keeps positions where a new process can find them. */
public interface PositionKeeper {

    /** Keeps nothing. */
    PositionKeeper NONE = (position, then) -> then.run();

    /**
     * Keeps a position before the server hears of it, so that what is kept is never behind what the server has
     * forgotten.
     *
     * @param position the position
     * @param then     to be run when it is kept, or cannot be; from any thread, exactly once
     */
    void keep(SessionPosition position, Runnable then);
}
