package org.imsession.camel.event;

import org.imsession.camel.model.IMSessionNotification;

/**
 * Sees every notification of an agent once, in the order of the wire and before all subscribers: whoever sends
 * operations with the same login, and so knows what comes back. Called by a worker; must return at once.
 */
@FunctionalInterface
public interface NotificationObserver {

    /**
     * Hears a notification.
     *
     * @param again whether it may have been heard before, in another process or before the feed was stopped
     * @return what is known about it
     */
    Heard heard(IMSessionNotification notification, boolean again);
}
