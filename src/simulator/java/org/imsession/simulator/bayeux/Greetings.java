package org.imsession.simulator.bayeux;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** What waits for an agent's next handshake, to be sent into its reply. */
public final class Greetings {

    private final Map<String, Queue<String>> waiting = new ConcurrentHashMap<>();

    /**
     * Adds something.
     *
     * @param agent the agent's name
     * @param data  the JSON text of {@code data}
     */
    public void add(String agent, String data) {
        waiting.computeIfAbsent(agent, name -> new ConcurrentLinkedQueue<>()).add(data);
    }

    List<String> of(String agent) {
        Queue<String> queue = waiting.remove(agent);
        return queue == null ? List.of() : Stream.generate(queue::poll).limit(queue.size()).toList();
    }
}
