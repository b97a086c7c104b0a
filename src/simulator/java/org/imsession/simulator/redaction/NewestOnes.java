package org.imsession.simulator.redaction;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that forgets what was put first when it is full: what a server hands out anew with each answer would fill any
 * other.
 *
 * @param <V> its values
 */
public final class NewestOnes<V> extends LinkedHashMap<String, V> {

    private static final long serialVersionUID = 1;

    private final int most;

    /**
     * An empty map.
     *
     * @param most how many it holds
     */
    public NewestOnes(int most) {
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
    }
}
