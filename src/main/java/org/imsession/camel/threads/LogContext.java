package org.imsession.camel.threads;

import org.slf4j.MDC;

/**
 * Whom that is about which is logged on this thread: in SLF4J's MDC until it is closed, on the same thread. One that
 * was begun before, on this thread and around this one, holds again then.
 */
public final class LogContext implements AutoCloseable {

    /** The login name of the agent. */
    public static final String AGENT = "imsession.agent";
    /** The id of the session, if it is about one. */
    public static final String SESSION = "imsession.session";

    private static final LogContext NONE = new LogContext(null, "", "");
    /** Not what MDC has, which a new thread may have inherited. */
    private static final ThreadLocal<LogContext> CURRENT = new ThreadLocal<>();

    private final LogContext outer;
    private final String agent;
    private final String session;

    private LogContext(LogContext outer, String agent, String session) {
        this.outer = outer;
        this.agent = agent;
        this.session = session;
    }

    /**
     * Begins on this thread.
     *
     * @param on      whether anybody wants it
     * @param agent   the login name
     * @param session the id of the session, empty for none
     */
    public static LogContext of(boolean on, String agent, String session) {
        if (!on) {
            return NONE;
        }
        LogContext begun = new LogContext(CURRENT.get(), agent, session);
        begun.show();
        return begun;
    }

    private void show() {
        CURRENT.set(this);
        MDC.put(AGENT, agent);
        if (session.isEmpty()) {
            MDC.remove(SESSION);
        } else {
            MDC.put(SESSION, session);
        }
    }

    @Override
    public void close() {
        if (outer != null) {
            outer.show();
        } else if (this != NONE) {
            CURRENT.remove();
            MDC.remove(AGENT);
            MDC.remove(SESSION);
        }
    }
}
