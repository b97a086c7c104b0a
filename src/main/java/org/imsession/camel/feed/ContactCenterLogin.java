package org.imsession.camel.feed;

import java.util.concurrent.Executor;
import org.imsession.camel.gws.GwsSession;

/**
 * Logs the agent in to channels of the contact center, if that is asked for, once for each login: real clients do not
 * repeat it when they only subscribe again. All is done on the control executor of the feed.
 */
final class ContactCenterLogin {

    private final FeedSettings settings;
    private final GwsSession gws;
    private final Executor control;
    private boolean done;

    ContactCenterLogin(FeedSettings settings, GwsSession gws, Executor control) {
        this.settings = settings;
        this.gws = gws;
        this.control = control;
    }

    void begin() {
        if (settings.contactCenterChannels().isEmpty() || done) {
            return;
        }
        done = true;
        gws.startContactCenterSession(settings.contactCenterChannels(), settings.place())
                .whenComplete((result, failure) -> control.execute(() -> {
                    done = failure == null;
                    FeedLog.contactCenter(settings, result, failure == null ? null : gws.explain(failure));
                }));
    }

    /** The login that it belonged to is gone. */
    void forget() {
        done = false;
    }
}
