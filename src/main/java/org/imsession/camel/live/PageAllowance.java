package org.imsession.camel.live;

import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;

/**
 * How much one page may ask: as much as people do, so that no page fills the log or the memory by questions. Answers
 * that wait for a page are counted, too, for each of them may be all that is shown. Safe for any thread.
 */
final class PageAllowance implements ServerSession.DeQueueListener {

    static final int MOST_AT_ONCE = 50;
    static final int MOST_PER_SECOND = 20;
    static final int MOST_UNREAD = 8;
    private static final String ATTRIBUTE = PageAllowance.class.getName();

    private double left = MOST_AT_ONCE;
    private long asked;
    private int unread;

    PageAllowance(long nanos) {
        asked = nanos;
    }

    /** That of a page, which begins with the first question. */
    static PageAllowance of(ServerSession page) {
        if (page.getAttribute(ATTRIBUTE) instanceof PageAllowance known) {
            return known;
        }
        PageAllowance fresh = new PageAllowance(System.nanoTime());
        page.setAttribute(ATTRIBUTE, fresh);
        page.addListener(fresh);
        return fresh;
    }

    /** Whether it may ask now, at that time of the JVM; then it has asked. */
    synchronized boolean ask(long nanos) {
        double seconds = (nanos - asked) / (double) TimeUnit.SECONDS.toNanos(1);
        asked = nanos;
        left = Math.min(MOST_AT_ONCE, left + seconds * MOST_PER_SECOND);
        if (left < 1 || unread >= MOST_UNREAD) {
            return false;
        }
        left--;
        unread++;
        return true;
    }

    /** What waited for the page is on its way. */
    @Override
    public synchronized void deQueue(ServerSession page, Queue<ServerMessage> queue) {
        unread = 0;
    }
}
