package org.imsession.camel.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.conversation.IMConversation.Sender.AGENT;
import static org.imsession.camel.conversation.IMConversation.Sender.NOT_KNOWN;
import static org.imsession.camel.conversation.IMConversation.Sender.OTHER_PARTY;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.imsession.camel.conversation.IMConversation.Direction;
import org.imsession.camel.conversation.IMConversation.Sender;
import org.imsession.camel.conversation.IMConversation.Text;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.NotificationType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No sender is invented. Each case: who said the texts of alice's conversation. */
class SendersTest {

    private static Chat talk() {
        return Chat.of("S").state("Talking").state("bob", "Talking", "live");
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("this login sent it", talk().says("alice", "outbound", "Hi"), List.of(AGENT)),
                Arguments.of("this login did not; it may have been alice's desktop",
                        Chat.of("S").state("Talking").says("alice", "inbound", "Hi"), List.of(NOT_KNOWN)),
                Arguments.of("nothing is known", Chat.of("S").state("Talking").says("alice", "unknown", "Hi"),
                        List.of(NOT_KNOWN)),
                Arguments.of("both heard it and bob's login sent it",
                        talk().says("alice", "inbound", "Hi").says("bob", "outbound", "Hi"), List.of(OTHER_PARTY)),
                Arguments.of("the same where alice's login has sent nothing at all",
                        talk().says("alice", "unknown", "Hi").says("bob", "outbound", "Hi"), List.of(OTHER_PARTY)),
                Arguments.of("both heard it and neither login sent it",
                        talk().says("alice", "inbound", "Hi").says("bob", "inbound", "Hi"), List.of(NOT_KNOWN)),
                Arguments.of("bob's login sent another text",
                        talk().says("alice", "inbound", "Hi").says("bob", "outbound", "Ho"), List.of(NOT_KNOWN)),
                Arguments.of("both said the same", talk().says("alice", "outbound", "ok").says("alice", "inbound", "ok")
                        .says("bob", "inbound", "ok").says("bob", "outbound", "ok"), List.of(AGENT, OTHER_PARTY)),
                Arguments.of("both said the same and heard it in another order",
                        talk().says("alice", "outbound", "ok").says("alice", "inbound", "ok")
                                .says("bob", "outbound", "ok").says("bob", "inbound", "ok"), List.of(AGENT, NOT_KNOWN)),
                Arguments.of("one heard it twice, so nobody knows which is which",
                        talk().says("alice", "inbound", "ok").says("bob", "outbound", "ok").says("bob", "inbound",
                                "ok"),
                        List.of(NOT_KNOWN)),
                Arguments.of("bob's feed had a gap, so his first may be her second",
                        talk().says("alice", "inbound", "ok").says("bob", "outbound", "ok")
                                .gap("bob", "2026-11-28T17:00:00Z", "2026-11-28T19:00:00Z"), List.of(NOT_KNOWN)),
                Arguments.of("alice's feed had a gap", talk().says("alice", "inbound", "ok").says("bob", "outbound",
                        "ok")
                        .gap("alice", "2026-11-28T17:00:00Z", "2026-11-28T19:00:00Z"), List.of(NOT_KNOWN)),
                Arguments.of("an event of bob's is missing", talk().says("alice", "inbound", "ok")
                        .says("bob", "outbound", "ok").hole("bob"), List.of(NOT_KNOWN)),
                Arguments.of("two others claim it", talk().says("alice", "inbound", "ok").says("bob", "outbound", "ok")
                        .says("carol", "outbound", "ok"), List.of(NOT_KNOWN)));
    }

    /** To answer takes all that was heard: asked for each text, a long conversation took minutes. */
    @Test
    void whetherAFeedIsWholeIsAskedOnceForEachAgent() {
        List<Heard> heard = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            for (String agent : List.of("alice", "bob")) {
                heard.add(new Heard(agent, "b-" + i, Chat.BEGUN, "live", Direction.UNKNOWN, new IMLogUpdateMessage(
                        NotificationType.NEW_MESSAGE, "NewMessage", "/im-sessions/S", "Hi", Map.of(), "")));
            }
        }
        List<String> asked = new ArrayList<>();
        new Senders("alice", heard, agent -> {
            asked.add(agent);
            return true;
        });
        assertThat(asked).containsExactly("alice", "bob");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void noSenderIsInvented(String what, Chat chat, List<Sender> senders) {
        assertThat(chat.built().texts()).extracting(Text::sender).isEqualTo(senders);
    }
}
