package org.imsession.camel.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imsession.camel.conversation.IMConversation.Reason;
import org.imsession.camel.conversation.IMConversation.State;
import org.imsession.camel.conversation.IMConversation.Text;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.NotificationType;
import org.imsession.camel.model.Participant;
import org.imsession.camel.model.SessionState;
import org.imsession.camel.model.UnknownMessage;

/**
 * Makes the conversation of one agent of what was heard of its session; the same of the same, always, and of nothing
 * that was not heard.
 */
final class Assembly {

    /**
     * How long before the first event a gap may end that hid the beginning: the sessions are asked for right after it.
     */
    private static final Duration AFTER_A_GAP = Duration.ofMinutes(1);

    private final String agent;
    private final List<Heard> mine;
    private final List<FeedGap> gaps;
    private final Set<Reason> incomplete = EnumSet.noneOf(Reason.class);
    private final Map<String, Participant> parties = new LinkedHashMap<>();
    private final List<State> states = new ArrayList<>();
    private final List<Text> texts = new ArrayList<>();
    private Map<String, Object> userData = Map.of();
    private Instant completed;

    private Assembly(String agent, List<Heard> heard, List<FeedGap> gaps) {
        this.agent = agent;
        this.mine = of(agent, heard);
        this.gaps = gaps.stream().filter(gap -> gap.agent().equals(agent)).toList();
    }

    /**
     * @param agent whose conversation it is
     * @param heard what all followed agents heard of the session, of each in its order, of this agent at least one
     * @param gaps  those of all these agents' feeds, in order
     * @param holes the agents of whose feeds an event is missing meanwhile that nothing accounts for
     */
    static IMConversation of(String server, String sessionId, String agent, List<Heard> heard, List<FeedGap> gaps,
                             Collection<String> holes) {
        Senders senders = new Senders(agent, heard, other -> !holes.contains(other)
                && new Assembly(other, heard, gaps).met().isEmpty());
        Assembly assembly = new Assembly(agent, heard, gaps);
        if (holes.contains(agent)) {
            assembly.incomplete.add(Reason.HOLE);
        }
        return assembly.conversation(server, sessionId, senders);
    }

    private static List<Heard> of(String agent, List<Heard> heard) {
        return heard.stream().filter(each -> each.agent().equals(agent)).toList();
    }

    private IMConversation conversation(String server, String sessionId, Senders senders) {
        for (Heard each : mine) {
            if (each.notification() instanceof IMSessionStateChangeMessage change) {
                changed(each, change);
            } else if (each.notification() instanceof IMLogUpdateMessage text) {
                texts.add(new Text(each.at(), each.direction(), senders.next(each), each.sequence(), text.message(),
                        Map.of()));
            } else if (each.notification() instanceof UnknownMessage) {
                incomplete.add(Reason.NOT_UNDERSTOOD);
            }
        }
        if (!beginningSeen()) {
            incomplete.add(Reason.BEGINNING_NOT_SEEN);
        }
        if (!endSeen()) {
            incomplete.add(Reason.END_NOT_SEEN);
        }
        List<FeedGap> met = met();
        if (!met.isEmpty()) {
            incomplete.add(Reason.GAP);
        }
        return new IMConversation(server, agent, sessionId, List.copyOf(parties.values()), first(),
                completed == null ? last() : completed, states, userData, texts, met, List.copyOf(incomplete),
                mine.size() + met.size(), Map.of());
    }

    private void changed(Heard heard, IMSessionStateChangeMessage change) {
        IMSession session = change.imSession();
        session.participants().forEach(party -> parties.putIfAbsent(IMConversation.number(party), party));
        if (!session.userData().isEmpty() || change.notificationType() == NotificationType.ATTACHED_DATA_CHANGED) {
            userData = session.userData(); // a change of state may come without, which does not say that there is none
        }
        String state = session.state() == SessionState.UNKNOWN ? session.stateText().strip()
                : session.state().wireName();
        if (states.isEmpty() || !states.get(states.size() - 1).state().equals(state)) {
            states.add(new State(heard.at(), state, heard.origin(), heard.sequence(), Map.of()));
        }
        if (session.state() == SessionState.COMPLETED && completed == null) {
            completed = heard.at();
        }
    }

    /** A text can be heard only behind the announcement; the documented sample announces a session as Talking. */
    private boolean beginningSeen() {
        Heard heard = mine.get(0);
        return heard.isLive() && heard.notification() instanceof IMSessionStateChangeMessage change
                && change.notificationType() != NotificationType.ATTACHED_DATA_CHANGED
                && change.state() != SessionState.COMPLETED;
    }

    private boolean endSeen() {
        return mine.stream().anyMatch(each -> each.notification() instanceof IMSessionStateChangeMessage change
                && change.state() == SessionState.COMPLETED);
    }

    /** The agent's gaps that may have hidden something of it. */
    private List<FeedGap> met() {
        if (mine.isEmpty()) {
            return List.of();
        }
        Instant from = beginningSeen() ? first() : first().minus(AFTER_A_GAP);
        Instant to = endSeen() ? last() : Instant.MAX;
        return gaps.stream().filter(gap -> !gap.to().isBefore(from) && !gap.from().isAfter(to)).toList();
    }

    private Instant first() {
        return mine.get(0).at();
    }

    private Instant last() {
        return mine.get(mine.size() - 1).at();
    }
}
