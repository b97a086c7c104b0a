package org.imsession.camel.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.imsession.camel.gws.ContactCenterSession;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.text.ForPeople;
import org.imsession.camel.text.ShownFailure;
import org.imsession.camel.threads.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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

    private static void say(Level level, FeedSettings settings, String line, Object... more) {
        Object[] values = Stream.concat(Stream.of(settings.agent(), settings.server()), Stream.of(more)).toArray();
        try (LogContext about = LogContext.of(settings.logContext(), settings.agent(), "")) {
            switch (level) {
                case ERROR -> LOG.error(line, values);
                case WARN -> LOG.warn(line, values);
                case INFO -> LOG.info(line, values);
                default -> LOG.debug(line, values);
            }
        }
    }

    private static void warn(FeedSettings settings, String line, Object... more) {
        say(Level.WARN, settings, line, more);
    }

    /** @param news whether an operator has not been told of that reason yet */
    static void changed(FeedSettings settings, FeedState before, FeedState now, String why, boolean news,
                        Optional<Duration> rest) {
        String line = "IMS-001 agent={} server={} {} -> {}: {}";
        Object[] values = {before, now, why};
        if (now == FeedState.PARKED) {
            warn(settings, "IMS-002 agent={} server={} {} -> {}: {}. Tried again when the credential changes{}, or by "
                    + "retryNow over JMX", before, now, why, rest.map(each -> ", in "
                    + ForPeople.duration(each.truncatedTo(ChronoUnit.SECONDS))).orElse(""));
        } else if ((now == FeedState.BACKING_OFF || now == FeedState.RECONNECTING)
                && (news || before == FeedState.LIVE)) { // LIVE was said: it must not stay the last word
            warn(settings, line, values);
        } else if (now == FeedState.LIVE || now == FeedState.STOPPED) {
            say(Level.INFO, settings, line, values);
        } else {
            say(Level.DEBUG, settings, line, values);
        }
    }

    static void atMostOnce(FeedSettings settings) {
        warn(settings, "IMS-003 agent={} server={} keeps no events until they are acknowledged: delivery is at"
                + " most once, and an answer that is cut on its way is reported as a gap");
    }

    static void crowded(FeedSettings settings) {
        warn(settings, "IMS-010 agent={} server={} takes this session and another one for one browser and holds"
                + " connects no longer, so events come late. Look for something in between that shares cookies");
    }

    static void misaligned(FeedSettings settings) {
        warn(settings, "IMS-009 agent={} server={} does not count acknowledged events as CometD does: events may"
                + " come twice; numbers that are too high are not acknowledged. acknowledge=false does without");
    }

    static void cut(FeedSettings settings, String finding) {
        warn(settings, "IMS-016 agent={} server={} {}", finding);
    }

    static void scattered(FeedSettings settings, String finding) {
        warn(settings, "IMS-018 agent={} server={} {}", finding);
    }

    static void full(FeedSettings settings, String what) {
        warn(settings, "IMS-011 agent={} server={} {}", what);
    }

    /** @return the same without its code and of whom */
    static String snapshotFailed(FeedSettings settings, GwsException failure, int attempt) {
        String line = "IMS-004 agent={} server={} {}";
        String what = "the sessions could not be read (attempt " + attempt + "), tried again: " + failure.getMessage();
        if (attempt == 1) {
            warn(settings, line, what);
        } else {
            say(Level.DEBUG, settings, line, what);
        }
        return what;
    }

    static void contactCenter(FeedSettings settings, ContactCenterSession result, GwsException failure) {
        if (failure != null) {
            warn(settings, "IMS-005 agent={} server={} StartContactCenterSession failed: {}", failure.getMessage());
        } else if (!result.failed().isEmpty()) {
            warn(settings, "IMS-005 agent={} server={} StartContactCenterSession opened {} but not {}",
                    result.succeeded(), result.failed());
        } else {
            say(Level.INFO, settings, "IMS-005 agent={} server={} StartContactCenterSession opened {}",
                    result.succeeded());
        }
    }

    static void gap(FeedSettings settings, FeedGap gap) {
        warn(settings, "IMS-006 agent={} server={} loss {} from {} to {}, {}: {}",
                gap.certainty(), ForPeople.second(gap.from()), ForPeople.second(gap.to()), gap.reason(), gap.detail());
    }

    /** Not what the failure says, which may quote the text. */
    static void undecoded(FeedSettings settings, Throwable failure) {
        say(Level.ERROR, settings, "IMS-905 agent={} server={} an event could not be decoded and is delivered as"
                + " UnknownMessage; please report this: {} at {}", failure.getClass().getName(),
                Arrays.stream(failure.getStackTrace()).limit(FRAMES).toList());
    }

    /** What a stop leaves behind, of which a gap is told when the route starts again in this process. */
    static void leftBehind(FeedSettings settings, String who, int events, Instant since) {
        warn(settings, "IMS-006 agent={} server={} {} stopped with {} events that it had not ended, and nothing"
                + " keeps them: what was sent since {} may be lost to it. One gap will tell of it if it starts again in this"
                + " process", who, events, ForPeople.second(since));
    }

    static String noRoom(FeedSettings settings) {
        return "more than maxPending=" + settings.maxPending() + " waited, an answer exceeded"
                + " maxMessageSize=" + settings.bayeux().maxMessageSize() + ", or the heap has no room for more";
    }

    static void dropping(FeedSettings settings, Instant since) {
        warn(settings, "IMS-006 agent={} server={} events since {} are being dropped: {}. One gap will tell of them, when"
                + " there is room again", ForPeople.second(since), noRoom(settings));
    }

    static void deaf(FeedSettings settings, RuntimeException failure) {
        say(Level.ERROR, settings, "IMS-904 agent={} server={} what was received could not be matched with what was"
                + " sent; please report this", ShownFailure.of(failure));
    }
}
