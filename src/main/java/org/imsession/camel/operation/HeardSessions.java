package org.imsession.camel.operation;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The sessions of one agent that its feed has told of, the latest of them. Safe for use by several threads. */
final class HeardSessions {

    private static final int REMEMBERED = 256;

    private Set<String> ids = Set.of(); // until there is one

    synchronized void add(String id) {
        if (id.isEmpty()) {
            return;
        }
        if (ids.isEmpty()) {
            ids = new LinkedHashSet<>(2);
        }
        ids.add(id);
        if (ids.size() > REMEMBERED) {
            Iterator<String> eldest = ids.iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** As they are now. */
    synchronized Set<String> ids() {
        return Set.copyOf(ids);
    }
}
