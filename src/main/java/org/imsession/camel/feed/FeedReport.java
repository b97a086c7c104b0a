package org.imsession.camel.feed;

import java.util.Map;
import java.util.TreeMap;
import org.imsession.camel.bayeux.BayeuxSession;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.position.PositionSaver;
import org.imsession.camel.recovery.FailureCount;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;

/** How a feed is doing, put together from what its parts know. Safe for use by several threads. */
final class FeedReport {

    private final FeedSettings settings;
    private final CurrentState current;
    private final FailureCount failures;
    private final GwsSession gws;
    private final BayeuxSession bayeux;
    private final PositionSaver saver;
    private final Intake intake;
    private final Resync resync;
    private final Backlog backlog;
    private final FeedCounters counters;

    FeedReport(FeedSettings settings, CurrentState current, FailureCount failures, GwsSession gws,
               BayeuxSession bayeux, PositionSaver saver, Intake intake, Resync resync, Backlog backlog,
               FeedCounters counters) {
        this.settings = settings;
        this.current = current;
        this.failures = failures;
        this.gws = gws;
        this.bayeux = bayeux;
        this.saver = saver;
        this.intake = intake;
        this.resync = resync;
        this.backlog = backlog;
        this.counters = counters;
    }

    FeedStatus status() {
        String reason = current.reason();
        String finding = bayeux.cutting().or(gws::cutting).or(bayeux::scattered).orElse("");
        return new FeedStatus(settings.agent(), settings.server(), current.state(), current.since(),
                current.silent(), finding.isEmpty() || reason.contains(finding) ? reason : reason + "; " + finding,
                failures.failed(), intake.guarantee(), counters.lastEvent, counters.received.get(), bayeux.repeated(),
                counters.gaps.get(), resync.unrepaired(), counters.foreign.get(), backlog.pending().get(),
                counters.reconnects.get(), counters.failedLogins.get(),
                saver.keeps() && !saver.failing() && bayeux.ledger().acknowledging(), finding, lasting());
    }

    private Map<String, String> lasting() {
        Map<String, String> lasting = new TreeMap<>(Map.of("IMS-004",
                current.is(FeedState.LIVE) ? resync.failure() : "", "IMS-008", saver.failure(),
                "IMS-011", backlog.fullness()));
        lasting.values().removeIf(String::isEmpty);
        return lasting;
    }
}
