package org.imsession.camel.feed;

import java.util.Optional;
import org.imsession.camel.bayeux.BayeuxSession;

/** Tells an operator once of what is odd about a server. Used on the control executor of the feed only. */
final class ServerWarnings {

    private final FeedSettings settings;
    private boolean keepsNothing;
    private boolean misaligned;
    private boolean crowded;
    private boolean cut;
    private boolean scattered;

    ServerWarnings(FeedSettings settings) {
        this.settings = settings;
    }

    /** Whether the server of a new session keeps events until they are acknowledged. */
    void guarantee(boolean acknowledging) {
        if (!acknowledging && !keepsNothing) {
            FeedLog.atMostOnce(settings);
        }
        keepsNothing = !acknowledging;
    }

    /** Whether it counts what is acknowledged in another way than CometD. */
    void misaligned(boolean now) {
        if (now && !misaligned) {
            misaligned = true;
            FeedLog.misaligned(settings);
        }
    }

    /** It takes two sessions for one browser. */
    void crowded() {
        if (!crowded) {
            crowded = true;
            FeedLog.crowded(settings);
        }
    }

    /** What is known of something in front of the server, by the requests of a session. */
    void inFront(BayeuxSession bayeux) {
        cutting(bayeux.cutting());
        scattered(bayeux.scattered());
    }

    /** Something in front of the server cuts answers, and that is known; said again after it was over. */
    void cutting(Optional<String> finding) {
        if (finding.isPresent() && !cut) {
            FeedLog.cut(settings, finding.get());
        }
        cut = finding.isPresent();
    }

    /** A load balancer sends the requests of one session to several nodes; said again after it was over. */
    private void scattered(Optional<String> finding) {
        if (finding.isPresent() && !scattered) {
            FeedLog.scattered(settings, finding.get());
        }
        scattered = finding.isPresent();
    }
}
