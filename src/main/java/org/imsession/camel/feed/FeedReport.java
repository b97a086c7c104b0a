package org.imsession.camel.feed;

import java.util.Map;
import java.util.TreeMap;
import org.imsession.camel.bayeux.BayeuxSession;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;

/** How a feed is doing, put together from what its parts know. Safe for use by several threads. */
final class FeedReport {

    private FeedReport() {
    }

    static FeedStatus of(FeedParts parts) {
        FeedSettings settings = parts.settings();
        CurrentState current = parts.current();
        BayeuxSession bayeux = parts.bayeux();
        FeedCounters counters = parts.counters();
        String reason = current.reason();
        String finding = bayeux.cutting().or(parts.gws()::cutting).or(bayeux::scattered).orElse("");
        return new FeedStatus(settings.agent(), settings.server(), current.state(), current.since(),
                current.silent(), finding.isEmpty() || reason.contains(finding) ? reason : reason + "; " + finding,
                parts.failures().failed(), parts.intake().guarantee(), counters.lastEvent(), counters.received(),
                bayeux.repeated(), counters.gaps(), parts.resync().unrepaired(), counters.foreign(),
                parts.backlog().pending().get(), counters.reconnects(), counters.failedLogins(),
                parts.saver().keeps() && !parts.saver().failing() && bayeux.ledger().acknowledging(), finding,
                lasting(parts));
    }

    private static Map<String, String> lasting(FeedParts parts) {
        Map<String, String> lasting = new TreeMap<>(Map.of("IMS-004",
                parts.current().is(FeedState.LIVE) ? parts.resync().failure() : "", "IMS-008",
                parts.saver().failure(), "IMS-011", parts.backlog().fullness()));
        lasting.values().removeIf(String::isEmpty);
        return lasting;
    }
}
