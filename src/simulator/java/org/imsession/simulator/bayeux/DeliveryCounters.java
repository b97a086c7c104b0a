package org.imsession.simulator.bayeux;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many notifications were published for whom, and how many found nobody listening. */
public final class DeliveryCounters {

    private final Map<String, LongAdder> sent = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> missed = new ConcurrentHashMap<>();

    void published(String agent, int sessions) {
        Map<String, LongAdder> counters = sessions == 0 ? missed : sent;
        counters.computeIfAbsent(agent, name -> new LongAdder()).add(Math.max(1, sessions));
    }

    /**
     * The notifications queued for the sessions of an agent; two sessions count twice.
     *
     * @param agent the agent's name
     * @return their number
     */
    public long sent(String agent) {
        return sum(sent, agent);
    }

    /**
     * The notifications published while no session of the agent listened; nobody ever gets them.
     *
     * @param agent the agent's name
     * @return their number
     */
    public long missed(String agent) {
        return sum(missed, agent);
    }

    private static long sum(Map<String, LongAdder> counters, String agent) {
        LongAdder counter = counters.get(agent);
        return counter == null ? 0 : counter.sum();
    }
}
