package org.imsession.camel.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.NotificationType;
import org.imsession.camel.model.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Sentence 6 of the delivery contract, and row I22 of the fault matrix. */
class IMSessionTrackerTest {

    private static final long EPOCH = 7;

    private final IMSessionTracker tracker = new IMSessionTracker();

    private static IMSession session(String id, SessionState state, Map<String, Object> userData) {
        return new IMSession(id, state, state.wireName(), userData, List.of(), List.of(), "/im-sessions/" + id, "",
                Map.of());
    }

    private static IMSession session(String id, SessionState state) {
        return session(id, state, Map.of());
    }

    private static IMSessionStateChangeMessage change(IMSession session) {
        return new IMSessionStateChangeMessage(NotificationType.STATUS_CHANGE, "StatusChange", session, Map.of(), "");
    }

    private FeedEvent.Tracked live(String id, SessionState state) {
        return tracker.track(change(session(id, state)), EPOCH);
    }

    @Test
    void aSnapshotTellsWhatTheRouteDoesNotKnow() {
        assertThat(tracker.reconcile(List.of(session("a", SessionState.TALKING)), EPOCH)).singleElement()
                .satisfies(change -> assertThat(change.state()).isEqualTo(SessionState.TALKING));
    }

    @Test
    void aSnapshotTellsNothingThatTheRouteKnows() {
        tracker.track(change(session("a", SessionState.TALKING)), EPOCH - 1);
        assertThat(tracker.reconcile(List.of(session("a", SessionState.TALKING)), EPOCH)).isEmpty();
    }

    @Test
    void aSessionThatHasVanishedIsCompleted() {
        tracker.track(change(session("a", SessionState.TALKING)), EPOCH - 1);
        assertThat(tracker.reconcile(List.of(), EPOCH)).singleElement()
                .satisfies(change -> assertThat(change.state()).isEqualTo(SessionState.COMPLETED));
    }

    @Test
    void aLiveEventThatOvertakesTheSnapshotWins() {
        tracker.track(change(session("a", SessionState.TALKING)), EPOCH - 1);
        live("a", SessionState.COMPLETED);
        assertThat(tracker.reconcile(List.of(session("a", SessionState.TALKING)), EPOCH)).isEmpty();
        live("b", SessionState.ALERTING);
        assertThat(tracker.reconcile(List.of(), EPOCH)).isEmpty();
    }

    @Test
    void aSnapshotThatOvertakesALiveEventIsFollowedByIt() {
        assertThat(tracker.reconcile(List.of(session("a", SessionState.ALERTING)), EPOCH)).hasSize(1)
                .allSatisfy(change -> tracker.track(change, -1));
        FeedEvent.Tracked tracked = live("a", SessionState.TALKING);
        assertThat(tracked.previousState()).contains(SessionState.ALERTING);
        assertThat(tracked.anomaly()).isEmpty();
    }

    @Test
    void changedUserDataIsTold() {
        tracker.track(change(session("a", SessionState.TALKING, Map.of("k", "old"))), EPOCH - 1);
        assertThat(tracker.reconcile(List.of(session("a", SessionState.TALKING, Map.of("k", "new"))), EPOCH))
                .singleElement().satisfies(change -> assertThat(change.notificationType())
                        .isEqualTo(NotificationType.ATTACHED_DATA_CHANGED));
    }

    @Test
    void whatDoesNotFitTheLifeOfASessionIsAnAnomaly() {
        IMLogUpdateMessage text = new IMLogUpdateMessage(NotificationType.NEW_MESSAGE, "NewMessage",
                "/im-sessions/a", "hi", Map.of(), "");
        tracker.reconcile(List.of(), EPOCH);
        assertThat(tracker.track(text, EPOCH).anomaly()).contains("never announced");
        live("a", SessionState.TALKING);
        assertThat(tracker.track(text, EPOCH).anomaly()).isEmpty();
        assertThat(live("a", SessionState.ALERTING).anomaly()).contains("went back");
        assertThat(live("a", SessionState.COMPLETED).anomaly()).isEmpty();
        assertThat(live("a", SessionState.COMPLETED).anomaly()).isEqualTo("completed twice");
        assertThat(tracker.track(text, EPOCH).anomaly()).contains("completed session");
        assertThat(live("a", SessionState.TALKING).anomaly()).contains("completed session");
    }

    @Test
    void aSecondSessionIsOddOnlyIfTheFirstWasToldLiveInThisSubscription() {
        tracker.track(change(session("old", SessionState.TALKING)), EPOCH - 1);
        tracker.reconcile(List.of(session("old", SessionState.TALKING)), EPOCH);
        assertThat(live("a", SessionState.TALKING).anomaly()).as("the old one may have ended unseen").isEmpty();
        assertThat(live("b", SessionState.ALERTING).anomaly()).contains("second session");
        live("a", SessionState.COMPLETED);
        live("b", SessionState.COMPLETED);
        assertThat(live("c", SessionState.ALERTING).anomaly()).isEmpty();
    }

    /** A start in the middle of a session used to be an anomaly, 10 ms before the snapshot told of it. */
    @Test
    void nothingIsOddBeforeTheSnapshotOfTheSubscription() {
        IMLogUpdateMessage text = new IMLogUpdateMessage(NotificationType.NEW_MESSAGE, "NewMessage",
                "/im-sessions/a", "hi", Map.of(), "");
        live("b", SessionState.TALKING);
        assertThat(tracker.track(text, EPOCH).anomaly()).isEmpty();
        assertThat(live("c", SessionState.TALKING).anomaly()).isEmpty();
        tracker.reconcile(List.of(), EPOCH);
        assertThat(tracker.track(text, EPOCH).anomaly()).contains("never announced");
        assertThat(tracker.track(text, EPOCH + 1).anomaly()).as("of the next subscription").isEmpty();
    }

    @Test
    void afterTimeAwayASessionThatHasVanishedIsCompletedAlsoInTheSameSubscription() {
        live("a", SessionState.TALKING);
        tracker.away();
        assertThat(tracker.reconcile(List.of(), EPOCH)).singleElement()
                .satisfies(change -> assertThat(change.state()).isEqualTo(SessionState.COMPLETED));
    }

    @Test
    void ofACompletedSessionThatIsListedStillOnlyTheStateCounts() {
        live("a", SessionState.COMPLETED);
        assertThat(tracker.reconcile(List.of(session("a", SessionState.COMPLETED, Map.of("k", "v"))), EPOCH + 1))
                .isEmpty();
        assertThat(tracker.reconcile(List.of(session("a", SessionState.TALKING)), EPOCH + 1)).hasSize(1);
    }

    @Test
    void theMemoryOfCompletedSessionsIsBounded() {
        for (int i = 0; i < 10_000; i++) {
            live("s" + i, SessionState.COMPLETED);
        }
        assertThat(live("s9999", SessionState.COMPLETED).anomaly()).isEqualTo("completed twice");
        assertThat(live("s0", SessionState.COMPLETED).previousState()).isEmpty();
    }

    /** The manual counts with 28 KiB for each agent; of each chat that was over, all of its user data was kept: 326. */
    @Test
    void aHundredCompletedChatsTakeLessThanWhatTheReadmeCountsWith(TestReporter figures) {
        int agents = 200;
        List<IMSessionTracker> trackers = new ArrayList<>();
        long before = used();
        for (int agent = 0; agent < agents; agent++) {
            IMSessionTracker each = new IMSessionTracker();
            trackers.add(each);
            for (int chat = 0; chat < 100; chat++) {
                Map<String, Object> data = new LinkedHashMap<>();
                for (int key = 0; key < 20; key++) {
                    data.put("key" + key, agent + "/" + chat + "/" + key + "x".repeat(90));
                }
                String id = "agent" + agent + "chat" + chat;
                each.track(change(session(id, SessionState.TALKING, data)), EPOCH);
                each.track(change(session(id, SessionState.COMPLETED, data)), EPOCH);
            }
        }
        long kept = (used() - before) / agents;
        Reference.reachabilityFence(trackers);
        figures.publishEntry("bytes kept for each agent", String.valueOf(kept));
        assertThat(kept).isBetween(1L, 28L * 1024);
    }

    /** The least of some measurements: what others leave behind meanwhile is garbage after the next collection. */
    private static long used() {
        Runtime heap = Runtime.getRuntime();
        return IntStream.range(0, 4).mapToLong(i -> {
            System.gc();
            return heap.totalMemory() - heap.freeMemory();
        }).min().orElseThrow();
    }
}
