package org.imsession.camel.crash;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * A repository that outlives its context, as a disk outlives a process; Camel's own in memory is emptied when stopped.
 */
class Drawer extends ServiceSupport implements StateRepository<String, String> {

    private final Map<String, String> kept = new ConcurrentHashMap<>();

    @Override
    public void setState(String key, String value) {
        kept.put(key, value);
    }

    @Override
    public String getState(String key) {
        return kept.get(key);
    }

    /** What is in it now. */
    Drawer copy() {
        Drawer copy = new Drawer();
        copy.kept.putAll(kept);
        return copy;
    }
}
