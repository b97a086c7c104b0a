package org.imsession.camel.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.conversation.IMConversation.Direction;
import org.imsession.camel.conversation.IMConversation.Reason;
import org.imsession.camel.conversation.IMConversation.State;
import org.imsession.camel.conversation.IMConversation.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConversationBuilderTest {

    @Test
    void aConversationIsWhatWasHeardFromTheFirstEventToTheLast() {
        IMConversation told = Chat.of("S1").data(Map.of("favColor", "blue")).state("Initiating").after(4)
                .state("Talking")
                .after(9).says("alice", "outbound", "Blue?").after(11).says("alice", "inbound", "Green it is")
                .data(Map.of("favColor", "green")).after(1).attached().data(Map.of()).after(5).state("Completed")
                .built();

        assertThat(told.server()).isEqualTo(Chat.SERVER);
        assertThat(told.agent()).isEqualTo("alice");
        assertThat(told.sessionId()).isEqualTo("S1");
        assertThat(told.parties()).containsExactly(Chat.party("5002"));
        assertThat(told.begun()).isEqualTo(Chat.BEGUN);
        assertThat(told.ended()).isEqualTo(Chat.BEGUN.plusSeconds(30));
        assertThat(told.states()).containsExactly(
                new State(Chat.BEGUN, "Initiating", "live", "ea7b3f27c24c-0", Map.of()),
                new State(Chat.BEGUN.plusSeconds(4), "Talking", "live", "ea7b3f27c24c-1", Map.of()),
                new State(Chat.BEGUN.plusSeconds(30), "Completed", "live", "ea7b3f27c24c-5", Map.of()));
        assertThat(told.userData()).as("the last that was told").isEqualTo(Map.of("favColor", "green"));
        assertThat(told.texts()).extracting(Text::at, Text::direction, Text::sequence, Text::text).containsExactly(
                tuple(Chat.BEGUN.plusSeconds(13), Direction.OUTBOUND, "ea7b3f27c24c-2", "Blue?"),
                tuple(Chat.BEGUN.plusSeconds(24), Direction.INBOUND, "ea7b3f27c24c-3", "Green it is"));
        assertThat(told.gaps()).isEmpty();
        assertThat(told.events()).isEqualTo(6);
        assertThat(told.complete()).isTrue();
    }

    static Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of("live from beginning to end", Chat.whole(), List.of()),
                Arguments.of("announced as Talking, as the documented sample is",
                        Chat.of("S").state("Talking").state("Completed"), List.of()),
                Arguments.of("delivered again", Chat.of("S").state("Alerting", "redelivered").state("Completed"),
                        List.of()),
                Arguments.of("ended while nobody listened, and the server was asked",
                        Chat.of("S").state("Talking").state("Completed", "snapshot"), List.of()),
                Arguments.of("found when the server was asked", Chat.of("S").state("Talking", "snapshot")
                        .state("Completed"),
                        List.of(Reason.BEGINNING_NOT_SEEN)),
                Arguments.of("a text first", Chat.of("S").says("alice", "unknown", "Hi").state("Completed"),
                        List.of(Reason.BEGINNING_NOT_SEEN)),
                Arguments.of("changed user data first", Chat.of("S").attached().state("Completed"),
                        List.of(Reason.BEGINNING_NOT_SEEN)),
                Arguments.of("nothing but its end", Chat.of("S").state("Completed"),
                        List.of(Reason.BEGINNING_NOT_SEEN)),
                Arguments.of("silent", Chat.of("S").state("Talking").says("alice", "unknown", "Hi"),
                        List.of(Reason.END_NOT_SEEN)),
                Arguments.of("a gap within", Chat.whole().gap("alice", "2026-11-28T17:21:00Z", "2026-11-28T17:22:00Z"),
                        List.of(Reason.GAP)),
                Arguments.of("a gap around", Chat.whole().gap("alice", "2026-11-28T17:00:00Z", "2026-11-28T19:00:00Z"),
                        List.of(Reason.GAP)),
                Arguments.of("a gap that ends as it begins",
                        Chat.whole().gap("alice", "2026-11-28T17:00:00Z", "2026-11-28T17:20:03Z"), List.of(Reason.GAP)),
                Arguments.of("a gap before", Chat.whole().gap("alice", "2026-11-28T17:00:00Z", "2026-11-28T17:20:02Z"),
                        List.of()),
                Arguments.of("a gap after", Chat.whole().gap("alice", "2026-11-28T17:45:00Z", "2026-11-28T17:50:02Z"),
                        List.of()),
                Arguments.of("a gap of another agent",
                        Chat.whole().gap("bob", "2026-11-28T17:21:00Z", "2026-11-28T17:22:00Z"), List.of()),
                Arguments.of("a gap right before a beginning that was not seen",
                        Chat.of("S").state("Talking", "snapshot").state("Completed")
                                .gap("alice", "2026-11-28T17:00:00Z", "2026-11-28T17:20:02Z"),
                        List.of(Reason.BEGINNING_NOT_SEEN, Reason.GAP)),
                Arguments.of("a gap behind the last event, and no end", Chat.of("S").state("Talking")
                                .gap("alice", "2026-11-28T17:45:00Z", "2026-11-28T17:50:02Z"),
                        List.of(Reason.END_NOT_SEEN, Reason.GAP)),
                Arguments.of("a number missing", Chat.whole().hole("alice"), List.of(Reason.HOLE)),
                Arguments.of("a number of another agent missing", Chat.whole().hole("bob"), List.of()),
                Arguments.of("removed by retention", Chat.whole().says("alice", "inbound", "Late").removed(),
                        List.of(Reason.HOLE)),
                Arguments.of("not understood", Chat.of("S").state("Talking").unknown("alice").state("Completed"),
                        List.of(Reason.NOT_UNDERSTOOD)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reasons")
    void itIsCompleteOrSaysWhyNot(String what, Chat chat, List<Reason> reasons) {
        assertThat(chat.built().incomplete()).isEqualTo(reasons);
        assertThat(chat.built().complete()).isEqualTo(reasons.isEmpty());
    }

    @Test
    void aSilentOneEndsWithTheLastThatWasHeard() {
        assertThat(Chat.of("S").state("Talking").after(60).says("alice", "unknown", "Hi").built().ended())
                .isEqualTo(Chat.BEGUN.plusSeconds(60));
    }

    @Test
    void theSameIsBuiltOfTheSameAndItsKeyChangesWithWhatComesLate() {
        IMConversation first = Chat.whole().built();
        IMConversation again = Chat.whole().built();
        IMConversation late = Chat.whole().says("alice", "inbound", "One more").built();
        assertThat(again).isEqualTo(first);
        assertThat(again.key()).isEqualTo(first.key());
        assertThat(late.id()).isEqualTo(first.id()).matches("[0-9a-f]{32}");
        assertThat(late.key()).isNotEqualTo(first.key()).startsWith(first.id() + "-");
        assertThat(Chat.whole().state("bob", "Talking", "live").asHeardBy("bob").id()).isNotEqualTo(first.id());
    }

    @Test
    void theHeadersSayWhoseItIsAndTheRowsAreGone() {
        Message message = Chat.whole().zone("Europe/Berlin").gap("alice", "2026-11-28T17:21:00Z",
                "2026-11-28T17:22:00Z")
                .exchange("alice").getMessage();
        IMConversation told = message.getBody(IMConversation.class);
        assertThat(message.getHeaders()).containsOnlyKeys(IMSessionConstants.AGENT, IMSessionConstants.AGENT_FILE_NAME,
                IMSessionConstants.SERVER_URL, IMSessionConstants.ID, IMSessionConstants.FILE_NAME,
                ConversationBuilder.CONVERSATION_ID, ConversationBuilder.CONVERSATION_KEY, ConversationBuilder.COMPLETE,
                ConversationBuilder.TIME_ZONE);
        assertThat(message.getHeader(ConversationBuilder.CONVERSATION_ID)).isEqualTo(told.id());
        assertThat(message.getHeader(ConversationBuilder.CONVERSATION_KEY)).isEqualTo(told.key());
        assertThat(message.getHeader(ConversationBuilder.COMPLETE)).isEqualTo(false);
        assertThat(message.getHeader(ConversationBuilder.TIME_ZONE)).isEqualTo("Europe/Berlin");
    }

    @Test
    void aWrongColumnOrZoneIsNamedAndNoTextIsQuoted() {
        Chat chat = Chat.whole().says("alice", "inbound", "secret words");
        chat.rows().get(3).remove("received_at");
        assertThatThrownBy(chat::built).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("received_at")
                .hasMessageNotContaining("secret");
        Chat number = Chat.whole();
        number.rows().get(2).put("json", 7);
        assertThatThrownBy(number::built).hasMessageContaining("json").hasMessageContaining("java.lang.Integer");
        assertThatThrownBy(() -> Chat.whole().asHeardBy("carol")).hasMessageContaining("carol");
        assertThatThrownBy(() -> Chat.whole().zone("Europe/Nowhere").built()).hasMessageContaining("zone")
                .hasMessageContaining("Europe/Nowhere").hasMessageContaining("Europe/Berlin");
    }

    @Test
    void toStringIsFitForALog() {
        IMConversation told = Chat.whole().data(Map.of("k", "private")).built();
        assertThat(told.toString() + told.texts()).doesNotContain("Green").doesNotContain("private").contains("alice");
    }
}
