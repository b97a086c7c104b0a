package org.imsession.camel.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;

/**
 * What the page shows now, and the last changes that led there, by number. Bounded: running conversations, the last
 * lines of each, and so many changes. Safe for any thread; whoever calls it waits for nothing but a copy of references.
 */
final class LiveState {

    static final int MOST_CONVERSATIONS = 5_000;
    static final int MOST_CHANGES = 2_000;
    static final long ENDED_MILLIS = 60_000;

    private final String epoch = UUID.randomUUID().toString();
    private final Map<List<String>, LiveConversation> conversations = new LinkedHashMap<>();
    private final Map<String, LiveConversation> byKey = new HashMap<>();
    private final Map<String, Map<String, Object>> agents = new LinkedHashMap<>();
    private final Deque<Change> changes = new ArrayDeque<>();
    private final Runnable changed;
    private long number;
    private long keys;

    /** The runnable is called after each change, by whoever made it, and must not block. */
    LiveState(Runnable changed) {
        this.changed = changed;
    }

    /** Takes an event in; one that was taken before changes nothing. */
    void hear(Heard heard) {
        IMSessionNotification body = heard.body();
        synchronized (this) {
            if (body instanceof FeedGap gap) {
                gap(heard, gap);
            } else if (body instanceof IMLogUpdateMessage message) {
                text(heard, message);
            } else if (body instanceof IMSessionStateChangeMessage state) {
                state(heard, state);
            }
        }
        changed.run();
    }

    private void text(Heard heard, IMLogUpdateMessage message) {
        LiveConversation conversation = conversation(heard, message.sessionId());
        if (!conversation.has(heard.sequence())) {
            Map<String, Object> entry = Shown.text(heard, message.message());
            conversation.text(entry);
            add(conversation, heard.sequence(), entry, new LinkedHashMap<>());
        }
    }

    private void state(Heard heard, IMSessionStateChangeMessage message) {
        IMSession session = message.imSession();
        LiveConversation known = conversations.get(place(heard, session.id()));
        String state = session.state().name();
        if (known == null && "COMPLETED".equals(state)) {
            return; // nobody has seen it, and now it is over
        }
        LiveConversation conversation = conversation(heard, session.id());
        if (conversation.has(heard.sequence())) {
            return;
        }
        Map<String, Object> data = Shown.data(session);
        Map<String, Object> entry = Shown.entry(conversation.is(state) ? "data" : "state", heard.at());
        entry.put("state", state);
        Map<String, Object> change = new LinkedHashMap<>();
        if (!conversation.data().equals(data)) {
            change.put("data", data);
        }
        conversation.become(state, Shown.parties(session.participants()), data, heard.at());
        add(conversation, heard.sequence(), entry, change);
    }

    /** In each conversation of the agent that runs: any of them may lack a text there. */
    private void gap(Heard heard, FeedGap gap) {
        for (LiveConversation each : List.copyOf(conversations.values())) {
            if (each.agent().equals(heard.agent()) && each.ended() == 0 && !each.has(heard.sequence())) {
                Map<String, Object> entry = Shown.entry("gap", heard.at());
                entry.put("gapFrom", gap.from().toEpochMilli());
                entry.put("gapTo", gap.to().toEpochMilli());
                entry.put("certain", gap.certainty() == FeedGap.Certainty.CERTAIN);
                entry.put("reason", gap.reason().name());
                add(each, heard.sequence(), entry, new LinkedHashMap<>());
            }
        }
    }

    private void add(LiveConversation conversation, String sequence, Map<String, Object> entry,
                     Map<String, Object> change) {
        entry.put("n", number + 1);
        conversation.add(sequence, entry);
        change.put("row", conversation.row());
        change.put("entry", entry);
        change(change);
    }

    private LiveConversation conversation(Heard heard, String sessionId) {
        return conversations.computeIfAbsent(place(heard, sessionId), place -> {
            LiveConversation fresh = new LiveConversation("c" + ++keys, heard, sessionId);
            byKey.put(fresh.key(), fresh);
            return fresh;
        });
    }

    private static List<String> place(Heard heard, String sessionId) {
        return List.of(heard.server(), heard.agent(), sessionId);
    }

    /** These are the agents now, by a name for each. */
    void agents(Map<String, Map<String, Object>> now) {
        boolean any;
        synchronized (this) {
            any = agents.keySet().removeIf(gone -> !now.containsKey(gone) && change(Map.of("noAgent", gone)));
            for (Map.Entry<String, Map<String, Object>> each : now.entrySet()) {
                if (!each.getValue().equals(agents.put(each.getKey(), each.getValue()))) {
                    any = change(Map.of("agent", each.getValue()));
                }
            }
        }
        if (any) {
            changed.run();
        }
    }

    /** Forgets what has ended a while ago, and if there are too many, those of which nothing was heard for longest. */
    void forget(long now) {
        boolean any;
        synchronized (this) {
            any = conversations.values().removeIf(each -> each.ended() > 0 && now - each.ended() > ENDED_MILLIS
                    && forget(each));
            if (conversations.size() > MOST_CONVERSATIONS) {
                Set<LiveConversation> most = conversations.values().stream()
                        .sorted(Comparator.comparingLong(LiveConversation::lastAt))
                        .limit(conversations.size() - MOST_CONVERSATIONS).collect(Collectors.toSet());
                any = conversations.values().removeIf(each -> most.contains(each) && forget(each));
            }
        }
        if (any) {
            changed.run();
        }
    }

    private boolean forget(LiveConversation gone) {
        byKey.remove(gone.key());
        return change(Map.of("gone", gone.key()));
    }

    private boolean change(Map<String, Object> json) {
        changes.addLast(new Change(++number, json));
        if (changes.size() > MOST_CHANGES) {
            changes.removeFirst();
        }
        return true;
    }

    /** The number of the latest change. */
    synchronized long number() {
        return number;
    }

    /** Names this life of the state: numbers of another one mean nothing here. */
    String epoch() {
        return epoch;
    }

    /** What follows that number; empty if some of it is not known any more, or the number is not of this state. */
    synchronized Optional<List<Change>> after(long known) {
        if (known > number || known < number - changes.size()) {
            return Optional.empty();
        }
        LinkedList<Change> missing = new LinkedList<>();
        for (Iterator<Change> last = changes.descendingIterator(); missing.size() < number - known;) {
            missing.addFirst(last.next());
        }
        return Optional.of(missing);
    }

    /** All that the page shows, but for the lines of conversations. */
    synchronized Map<String, Object> snapshot() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("epoch", epoch);
        all.put("n", number);
        all.put("agents", new ArrayList<>(agents.values()));
        all.put("conversations", new ArrayList<>(conversations.values().stream().map(LiveConversation::row).toList()));
        return all;
    }

    /** One conversation with its lines, if it is one that runs or has just ended. */
    synchronized Optional<Map<String, Object>> conversation(String key) {
        return Optional.ofNullable(byKey.get(key)).map(found -> {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("epoch", epoch);
            all.put("n", number);
            all.put("row", found.row());
            all.put("data", found.data());
            all.put("entries", found.entries());
            return all;
        });
    }
}
