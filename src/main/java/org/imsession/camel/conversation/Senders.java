package org.imsession.camel.conversation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.imsession.camel.conversation.IMConversation.Direction;
import org.imsession.camel.conversation.IMConversation.Sender;
import org.imsession.camel.model.IMLogUpdateMessage;

/**
 * Who said the texts of a conversation. A text that the agent's login sent is the agent's. Another is the other party's
 * if another followed agent heard the same text in the same session and its login sent it. The texts of two feeds are
 * matched by their words, the first with the first and so on; that holds only if both heard the same number of them and
 * neither feed had a gap meanwhile, for otherwise the first of one may be the second of the other.
 */
final class Senders {

    /** For each other agent, whose feed is whole, and each text, whether its login sent the first, the second... */
    private final Map<String, Map<String, List<Boolean>>> others = new HashMap<>();
    private final Map<String, Integer> mine = new HashMap<>();
    private final Map<String, Integer> told = new HashMap<>();

    /**
     * @param heard what all followed agents heard of the session, each in its order
     * @param whole whether nothing is missing in what an agent heard
     */
    Senders(String agent, List<Heard> heard, Predicate<String> whole) {
        Map<String, Boolean> asked = new HashMap<>(); // the answer takes all that was heard
        Predicate<String> isWhole = name -> asked.computeIfAbsent(name, whole::test);
        for (Heard each : heard) {
            if (each.notification() instanceof IMLogUpdateMessage text && isWhole.test(agent)) {
                if (each.agent().equals(agent)) {
                    mine.merge(text.message(), 1, Integer::sum);
                } else if (isWhole.test(each.agent())) {
                    others.computeIfAbsent(each.agent(), name -> new HashMap<>())
                            .computeIfAbsent(text.message(), words -> new ArrayList<>())
                            .add(each.direction() == Direction.OUTBOUND);
                }
            }
        }
    }

    /** Of the agent's next text, in order. */
    Sender next(Heard heard) {
        String words = ((IMLogUpdateMessage) heard.notification()).message();
        int place = told.merge(words, 1, Integer::sum) - 1;
        if (heard.direction() == Direction.OUTBOUND) {
            return Sender.AGENT;
        }
        long sentByOthers = others.values().stream().map(texts -> texts.getOrDefault(words, List.of()))
                .filter(sent -> sent.size() == mine.get(words) && sent.get(place)).count();
        return sentByOthers == 1 ? Sender.OTHER_PARTY : Sender.NOT_KNOWN;
    }
}
