package org.imsession.camel.bayeux;

import java.time.Duration;
import java.util.Optional;
import org.imsession.camel.gws.CutAnswers;

/**
 * Why a session ends, or has ended, what stands behind that as far as its answers show, and whether the server may
 * still have it. Safe for use by several threads.
 */
final class SessionEnd {

    private final CutAnswers cuts = new CutAnswers();
    private final Stickiness stickiness = new Stickiness();
    private volatile BayeuxFailure reason;
    private volatile BayeuxFailure pushed;
    private volatile long retryAfterMillis;
    private volatile String left;

    /** A session is about to begin, and nothing is wrong with it. */
    void open() {
        reason = null;
        pushed = null;
    }

    /** See {@link Stickiness#begun}. */
    void begun(boolean handshake) {
        stickiness.begun(handshake);
    }

    /** A connect was answered well. */
    void connected() {
        stickiness.connected();
    }

    /** An answer broke off. */
    void cut(long afterMillis, long afterBytes) {
        cuts.cut(afterMillis, afterBytes);
    }

    /** An answer came whole. */
    void whole(long afterMillis, long afterBytes) {
        cuts.whole(afterMillis, afterBytes);
    }

    /** A request was refused, for that long. */
    void refused(Duration wait) {
        retryAfterMillis = wait.toMillis();
    }

    /** The server has said good-bye, which is why it ends unless we end it. */
    void pushed(BayeuxFailure by) {
        pushed = by;
    }

    /** We end it. */
    void because(BayeuxFailure why) {
        reason = why;
    }

    /** It has failed, which is why it ends unless that is known already. */
    void failed(BayeuxFailure why) {
        if (reason == null) {
            reason = explained(why);
        }
    }

    /** A connect has failed, and the session may live; says why. */
    BayeuxFailure interrupted(BayeuxFailure why) {
        if (why.loginUnknown()) {
            stickiness.refused();
        }
        return explained(why);
    }

    private BayeuxFailure explained(BayeuxFailure why) {
        String detail = why.kind() == BayeuxFailure.Kind.NETWORK
                ? cuts.finding().map(finding -> why.detail() + "; " + finding).orElse(why.detail()) : why.detail();
        return new BayeuxFailure(why.kind(), why.httpStatus(), why.httpStatus() == 0 ? 0 : retryAfterMillis, detail,
                why.remedy());
    }

    /** It has been let go of without a word to the server, {@code null} if it had not begun. */
    void left(String clientId) {
        left = clientId;
    }

    /**
     * It is over.
     *
     * @param clientId its name, {@code null} if it had not begun
     * @return why
     */
    BayeuxFailure ended(String clientId) {
        BayeuxFailure why = reason != null ? reason : pushed;
        boolean unexplained = clientId != null && why != null && pushed == null;
        boolean elsewhere = unexplained && why.kind() == BayeuxFailure.Kind.SESSION_UNKNOWN && stickiness.unknown();
        boolean loginElsewhere = unexplained && why.loginUnknown() && stickiness.endedByRefusal();
        boolean serverHasIt = why != null && why.serverMayHaveIt() && pushed == null;
        left = clientId != null && (serverHasIt || elsewhere) ? clientId : null;
        if (why == null) {
            return new BayeuxFailure(BayeuxFailure.Kind.SESSION_ENDED, 0, 0, "the server ended the session");
        }
        return loginElsewhere ? why.with(Stickiness.OTHER_NODE)
                : stickiness.finding().filter(found -> elsewhere).map(found -> why.with("; " + found)).orElse(why);
    }

    /** The session of which the server has not heard that it is over; told once. */
    Optional<String> takeLeft() {
        String id = left;
        left = null;
        return Optional.ofNullable(id);
    }

    /** See {@link BayeuxSession#cutting()}. */
    Optional<String> cutting() {
        return cuts.finding();
    }

    /** See {@link BayeuxSession#scattered()}. */
    Optional<String> scattered() {
        return stickiness.finding();
    }
}
