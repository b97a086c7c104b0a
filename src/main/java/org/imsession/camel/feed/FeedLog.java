package org.imsession.camel.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.imsession.camel.gws.ContactCenterSession;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.text.ShownFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines that an operator reads: each with a code to search for, who (agent), where (server), what (the state before
 * and after) and why, on one line, without chat text and secrets. What lasts is said once at WARN and then at DEBUG, and
 * once more for each other reason that it turns out to have.
 */
final class FeedLog {

    private static final Logger LOG = LoggerFactory.getLogger("org.imsession.camel.feed");
    private static final int FRAMES = 8;

    private FeedLog() {
    }

    /** @param news whether an operator has not been told of that reason yet */
    static void changed(FeedSettings settings, FeedState before, FeedState now, String why, boolean news,
                        Optional<Duration> rest) {
        String line = "IMS-001 agent={} server={} {} -> {}: {}";
        Object[] values = {settings.agent(), settings.server(), before, now, why};
        if (now == FeedState.PARKED) {
            LOG.warn("IMS-002 agent={} server={} {} -> {}: {}. Tried again when the credential changes{}, or by "
                    + "retryNow over JMX", settings.agent(), settings.server(), before, now, why,
                    rest.map(each -> ", in " + each.truncatedTo(ChronoUnit.SECONDS)).orElse(""));
        } else if ((now == FeedState.BACKING_OFF || now == FeedState.RECONNECTING)
                && (news || before == FeedState.LIVE)) { // LIVE was said: it must not stay the last word
            LOG.warn(line, values);
        } else if (now == FeedState.LIVE || now == FeedState.STOPPED) {
            LOG.info(line, values);
        } else {
            LOG.debug(line, values);
        }
    }

    static void atMostOnce(FeedSettings settings) {
        LOG.warn("IMS-003 agent={} server={} keeps no events until they are acknowledged: delivery is at most once, "
                + "and an answer that is cut on its way is reported as a gap", settings.agent(), settings.server());
    }

    static void crowded(FeedSettings settings) {
        LOG.warn("IMS-010 agent={} server={} takes this session and another one for one browser and holds connects no"
                + " longer, so events come late. Look for something in between that shares cookies",
                settings.agent(), settings.server());
    }

    static void misaligned(FeedSettings settings) {
        LOG.warn("IMS-009 agent={} server={} does not count acknowledged events as CometD does: events may come twice; "
                + "numbers that are too high are not acknowledged. acknowledge=false does without", settings.agent(),
                settings.server());
    }

    static void cut(FeedSettings settings, String finding) {
        LOG.warn("IMS-016 agent={} server={} {}", settings.agent(), settings.server(), finding);
    }

    static void scattered(FeedSettings settings, String finding) {
        LOG.warn("IMS-018 agent={} server={} {}", settings.agent(), settings.server(), finding);
    }

    static void full(FeedSettings settings, List<String> holding, int subscribers) {
        LOG.warn("IMS-011 agent={} server={} maxPending={} events wait for {}: no more are taken until it has ended "
                + "some{}", settings.agent(), settings.server(), settings.bayeux().maxPending(), holding,
                subscribers > holding.size() ? ", also for the other routes of this agent" : "");
    }

    static void snapshotFailed(FeedSettings settings, GwsException failure, int attempt) {
        String line = "IMS-004 agent={} server={} the sessions could not be read (attempt {}), tried again: {}";
        if (attempt == 1) {
            LOG.warn(line, settings.agent(), settings.server(), attempt, failure.getMessage());
        } else {
            LOG.debug(line, settings.agent(), settings.server(), attempt, failure.getMessage());
        }
    }

    static void contactCenter(FeedSettings settings, ContactCenterSession result, GwsException failure) {
        if (failure != null) {
            LOG.warn("IMS-005 agent={} server={} StartContactCenterSession failed: {}", settings.agent(),
                    settings.server(), failure.getMessage());
        } else if (!result.failed().isEmpty()) {
            LOG.warn("IMS-005 agent={} server={} StartContactCenterSession opened {} but not {}", settings.agent(),
                    settings.server(), result.succeeded(), result.failed());
        } else {
            LOG.info("IMS-005 agent={} server={} StartContactCenterSession opened {}", settings.agent(),
                    settings.server(), result.succeeded());
        }
    }

    static void gap(FeedSettings settings, FeedGap gap) {
        LOG.warn("IMS-006 agent={} server={} loss {} from {} to {}, {}: {}", settings.agent(), settings.server(),
                gap.certainty(), gap.from(), gap.to(), gap.reason(), gap.detail());
    }

    /** Not what the failure says, which may quote the text. */
    static void undecoded(FeedSettings settings, Throwable failure) {
        LOG.error("IMS-905 agent={} server={} an event could not be decoded and is delivered as UnknownMessage; please"
                + " report this: {} at {}", settings.agent(), settings.server(), failure.getClass().getName(),
                Arrays.stream(failure.getStackTrace()).limit(FRAMES).toList());
    }

    /** What a stop leaves behind, of which a gap is told when the route starts again in this process. */
    static void leftBehind(FeedSettings settings, String who, int events, Instant since) {
        LOG.warn("IMS-006 agent={} server={} {} stopped with {} events that it had not ended, and nothing keeps them: what"
                + " was sent since {} may be lost to it. One gap will tell of it if it starts again in this process",
                settings.agent(), settings.server(), who, events, since);
    }

    static String noRoom(FeedSettings settings) {
        return "more than maxPending=" + settings.bayeux().maxPending() + " waited, an answer exceeded"
                + " maxMessageSize=" + settings.bayeux().maxMessageSize() + ", or the heap has no room for more";
    }

    static void dropping(FeedSettings settings, Instant since) {
        LOG.warn("IMS-006 agent={} server={} events since {} are being dropped: {}. One gap will tell of them, when"
                + " there is room again", settings.agent(), settings.server(), since, noRoom(settings));
    }

    static void deaf(FeedSettings settings, RuntimeException failure) {
        LOG.error("IMS-904 agent={} server={} what was received could not be matched with what was sent; please report"
                + " this", settings.agent(), settings.server(), ShownFailure.of(failure));
    }
}
