package org.imsession.camel.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One agent's side of an IM session that runs, with its last texts. Guarded by the {@link LiveState} that has it. */
final class LiveConversation {

    static final int MOST_ENTRIES = 200;

    private final String key;
    private final Heard first;
    private final String sessionId;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private String state = "UNKNOWN";
    private String parties = "";
    private Map<String, Object> data = Map.of();
    private String lastText = "";
    private String lastFrom = "";
    private long lastAt;
    private long ended;

    /** A line, and the event that it came of. */
    private record Entry(String sequence, Map<String, Object> json) {
    }

    LiveConversation(String key, Heard first, String sessionId) {
        this.key = key;
        this.first = first;
        this.sessionId = sessionId;
        lastAt = first.at();
    }

    String key() {
        return key;
    }

    String agent() {
        return first.agent();
    }

    String sessionId() {
        return sessionId;
    }

    long lastAt() {
        return lastAt;
    }

    /** When it ended, in milliseconds since 1970; 0 while it runs. */
    long ended() {
        return ended;
    }

    /** Whether an event has been shown: one comes again if a sink behind this one has failed. */
    boolean has(String sequence) {
        for (Iterator<Entry> last = entries.descendingIterator(); last.hasNext();) {
            if (last.next().sequence().equals(sequence)) {
                return true;
            }
        }
        return false;
    }

    void text(Map<String, Object> entry) {
        lastText = Shown.cut((String) entry.get("text"), Shown.LONGEST_LAST_TEXT);
        lastFrom = (String) entry.get("from");
    }

    /** Its state, parties and data are those from now on. */
    void become(String newState, String newParties, Map<String, Object> newData, long at) {
        state = newState;
        parties = newParties.isEmpty() ? parties : newParties;
        data = newData.isEmpty() && "COMPLETED".equals(newState) ? data : newData; // what has vanished has none
        ended = "COMPLETED".equals(newState) ? at : 0;
    }

    boolean is(String otherState) {
        return state.equals(otherState);
    }

    /** Puts a line behind the others; the oldest one goes, if there are too many. */
    void add(String sequence, Map<String, Object> entry) {
        lastAt = Math.max(lastAt, (Long) entry.get("at"));
        entries.addLast(new Entry(sequence, entry));
        if (entries.size() > MOST_ENTRIES) {
            entries.removeFirst();
        }
    }

    Map<String, Object> data() {
        return data;
    }

    List<Map<String, Object>> entries() {
        return new ArrayList<>(entries.stream().map(Entry::json).toList());
    }

    /** As it stands in the list. */
    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("key", key);
        row.put("agent", first.agent());
        row.put("server", first.server());
        row.put("session", sessionId);
        row.put("party", parties);
        row.put("since", first.at());
        row.put("state", state);
        row.put("last", lastText);
        row.put("from", lastFrom);
        row.put("at", lastAt);
        row.put("ended", ended);
        return row;
    }
}
