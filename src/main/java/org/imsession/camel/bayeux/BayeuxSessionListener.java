package org.imsession.camel.bayeux;

import java.time.Instant;
import java.util.List;
import org.imsession.camel.gws.AnswerMemory;

/**
 * Hears what happens in a {@link BayeuxSession}. Called by threads of the HTTP client and of the scheduler, one at a
 * time for one answer, but possibly for two answers at once; every method must return at once.
 */
public interface BayeuxSessionListener {

    /**
     * The handshake succeeded, or was not necessary.
     *
     * @param session       the name of the Bayeux session, see {@link SessionPosition#name()}
     * @param acknowledging whether the server keeps events until they are acknowledged
     * @param resumed       whether this is the session of an earlier process, if the server still knows it
     */
    void opened(String session, boolean acknowledging, boolean resumed);

    /** The server confirmed the subscription. */
    void subscribed();

    /** A {@code /meta/connect} was answered well. */
    void connected();

    /** A connect is held back: until it leaves, nothing comes. */
    void heldBack();

    /** The server takes several sessions for one browser, by a shared cookie, and no longer holds their connects. */
    void crowded();

    /** The channel to subscribe to. */
    String topic();

    /** How many more events can be held in memory now. */
    int room();

    /** Whether more than half of what may be is in memory: a server that keeps nothing is not asked for more then. */
    boolean isHalfFull();

    /** What the agent's answers, and the events that came with them and have not ended, may take of the heap. */
    AnswerMemory.Share memory();

    /**
     * New events, in order; those that the server sends again are not among them.
     *
     * @param events  the events
     * @param refused how many there was no room for: lost unless the server acknowledges
     * @param since   the server had none of them before that moment
     */
    void received(List<ReceivedEvent> events, int refused, Instant since);

    /**
     * A {@code /meta/connect} failed and the session may still live. Must end in a call of {@code retry}, from any
     * thread, at any time.
     */
    void interrupted(BayeuxFailure failure, Retry retry);

    /** The session is over, or never began. {@link BayeuxSession#open} may be called again. */
    void lost(BayeuxFailure failure);

    /** What to do about an interruption. */
    interface Retry {

        /** Connects again within the same session, after that many milliseconds. */
        void after(long millis);

        /** Drops the session; {@link BayeuxSessionListener#lost} follows. */
        void never();
    }
}
