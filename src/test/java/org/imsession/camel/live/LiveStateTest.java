package org.imsession.camel.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSessionNotification;
import org.junit.jupiter.api.Test;

/** What a page is shown: bounded, by number, and each event once. */
class LiveStateTest {

    private final LiveState state = new LiveState(() -> { });
    private int sequence;

    @Test
    void aSnapshotAndWhatFollowsItAreTheSameAsALaterSnapshot() {
        talks("S1");
        says("S1", "one");
        Map<String, Object> before = state.snapshot();
        says("S1", "two");
        talks("S2");

        List<Change> changes = state.after((Long) before.get("n")).orElseThrow();
        assertThat(changes).extracting(Change::number).containsExactly(state.number() - 1, state.number());
        assertThat(list(before, "conversations")).hasSize(1);
        assertThat(list(state.snapshot(), "conversations")).extracting(row -> row.get("last"))
                .containsExactly("two", "");
        assertThat(changes.get(0).json().get("row")).isEqualTo(list(state.snapshot(), "conversations").get(0));
    }

    @Test
    void anEventThatComesAgainIsShownOnce() {
        talks("S1");
        Heard heard = text("S1", "once");
        state.hear(heard);
        long number = state.number();
        state.hear(heard);

        assertThat(state.number()).isEqualTo(number);
        assertThat(texts("c1")).containsExactly("once");
    }

    @Test
    void theLastTwoHundredLinesOfAConversationAreKept() {
        talks("S1");
        IntStream.range(0, 1_000).forEach(i -> says("S1", "text " + i));

        assertThat(texts("c1")).hasSize(LiveConversation.MOST_ENTRIES).startsWith("text 800").endsWith("text 999");
    }

    @Test
    void soManyChangesAreKeptAndWhoLacksMoreIsTold() {
        talks("S1");
        IntStream.range(0, LiveState.MOST_CHANGES).forEach(i -> says("S1", "text"));

        assertThat(state.after(1)).isPresent();
        assertThat(state.after(0)).isEmpty();
        assertThat(state.after(state.number())).contains(List.of());
        assertThat(state.after(state.number() + 1)).as("of another life").isEmpty();
    }

    @Test
    void soManyConversationsAreKeptThoseOfWhichNothingWasHeardForLongestGoFirst() {
        IntStream.range(0, LiveState.MOST_CONVERSATIONS + 10).forEach(i -> talks("S" + i));
        says("S0", "still here");
        state.forget(0);

        assertThat(list(state.snapshot(), "conversations")).hasSize(LiveState.MOST_CONVERSATIONS)
                .extracting(row -> row.get("session")).contains("S0", "S11").doesNotContain("S1", "S10");
    }

    @Test
    void whatHasEndedGoesAfterAWhile() {
        talks("S1");
        state("S1", "Completed");
        long ended = 1_000 + sequence;
        state.forget(ended + LiveState.ENDED_MILLIS);
        assertThat(list(state.snapshot(), "conversations")).hasSize(1);
        state.forget(ended + LiveState.ENDED_MILLIS + 1);
        assertThat(list(state.snapshot(), "conversations")).isEmpty();
        assertThat(state.conversation("c1")).isEmpty();
    }

    @Test
    void aSessionThatNobodyHasSeenIsNotShownWhenItIsOver() {
        state("S1", "Completed");
        assertThat(list(state.snapshot(), "conversations")).isEmpty();
    }

    @Test
    void aGapStandsInItsPlaceInEachRunningConversationOfTheAgent() {
        talks("S1");
        talks("S2");
        says("S1", "before");
        state.hear(heard(new FeedGap("alice", Instant.EPOCH, Instant.EPOCH.plusSeconds(5), FeedGap.Reason.SESSION_LOST,
                FeedGap.Certainty.CERTAIN, "")));
        says("S1", "after");

        assertThat(lines("c1")).extracting(line -> line.get("kind")).containsExactly("state", "text", "gap", "text");
        assertThat(lines("c2")).extracting(line -> line.get("kind")).containsExactly("state", "gap");
    }

    @Test
    void aTextIsCutToWhatAPageCanHoldAndSaysSo() {
        talks("S1");
        says("S1", "x".repeat(Shown.LONGEST_TEXT));
        says("S1", "x".repeat(Shown.LONGEST_TEXT - 1) + "👍");
        says("S1", "x".repeat(1_000_000));

        assertThat(lines("c1")).extracting(line -> line.get("length")).containsExactly(null, null,
                Shown.LONGEST_TEXT + 1, 1_000_000);
        assertThat(texts("c1")).extracting(String::length).containsExactly(Shown.LONGEST_TEXT, Shown.LONGEST_TEXT,
                Shown.LONGEST_TEXT + 1);
    }

    @Test
    void agentsAreToldOnlyWhenTheyChange() {
        Map<String, Object> alice = Map.of("id", "alice", "state", "LIVE");
        state.agents(Map.of("alice", alice));
        state.agents(Map.of("alice", alice));
        assertThat(state.number()).isEqualTo(1);
        state.agents(Map.of());
        assertThat(state.after(1).orElseThrow()).extracting(Change::json).containsExactly(Map.of("noAgent", "alice"));
    }

    private void talks(String session) {
        state(session, " Talking");
    }

    private void state(String session, String name) {
        state.hear(heard(new IMSessionJson().parse("""
                {"messageType":"IMSessionStateChangeMessage","notificationType":"StatusChange","imSession":
                {"id":"%s","state":"%s","participants":[{"phoneNumber":"3002"}],"userData":{"colour":"red"}}}"""
                .formatted(session, name))));
    }

    private void says(String session, String text) {
        state.hear(text(session, text));
    }

    private Heard text(String session, String text) {
        return heard(new IMSessionJson().parse("""
                {"messageType":"IMLogUpdateMessage","notificationType":"NewMessage","imSessionPath":"/im-sessions/%s",
                "message":"%s"}""".formatted(session, text)));
    }

    private Heard heard(IMSessionNotification body) {
        return new Heard("https://gws", "alice", "s" + ++sequence, "unknown", 1_000 + sequence, body);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> json, String name) {
        return (List<Map<String, Object>>) json.get(name);
    }

    private List<Map<String, Object>> lines(String key) {
        return list(state.conversation(key).orElseThrow(), "entries");
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        lines(key).stream().filter(line -> line.get("kind").equals("text"))
                .forEach(line -> texts.add((String) line.get("text")));
        return texts;
    }
}
