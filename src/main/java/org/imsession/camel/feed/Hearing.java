package org.imsession.camel.feed;

import org.imsession.camel.bayeux.ReceivedEvent;
import org.imsession.camel.event.Heard;
import org.imsession.camel.event.NotificationObserver;
import org.imsession.camel.model.IMSessionNotification;

/**
 * What the observer of a feed has heard of it: what comes with a session that is gone on with was heard by another
 * process, perhaps, but in this one only as far as it had come. Somebody may be waiting for what is behind. One thread
 * at a time.
 */
final class Hearing {

    private final FeedSettings settings;
    private final NotificationObserver observer;
    private boolean deaf;
    private String session = "";
    private long end;
    /** What comes with the session from that position on, nobody has heard before. */
    private long unheard = Long.MAX_VALUE;

    Hearing(FeedSettings settings, NotificationObserver observer) {
        this.settings = settings;
        this.observer = observer;
    }

    /** A session of that name has begun, or is gone on with. */
    void opened(String name) {
        unheard = name.equals(session) ? end : Long.MAX_VALUE;
    }

    /**
     * Lets the observer hear a notification. Whatever it is that fails, the rest of the answer must not wait for a
     * restart; said once.
     *
     * @param in the name of the session that it came in
     * @return what is known about it
     */
    Heard heard(IMSessionNotification notification, ReceivedEvent event, String in) {
        if (event.position() >= 0) {
            end = Math.max(in.equals(session) ? end : 0, event.position() + 1);
            if (!in.equals(session)) {
                session = in;
            }
        }
        try {
            return observer.heard(notification, event.again() && event.position() < unheard);
        } catch (RuntimeException e) {
            if (!deaf) {
                deaf = true;
                FeedLog.deaf(settings, e);
            }
            return Heard.UNKNOWN;
        }
    }
}
