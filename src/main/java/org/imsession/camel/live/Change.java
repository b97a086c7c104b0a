package org.imsession.camel.live;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step from one state of the page to the next.
 *
 * @param number the state after it; numbers have no holes
 * @param json   what changed, as values of JSON
 */
record Change(long number, Map<String, Object> json) {

    /** As it is sent. */
    Map<String, Object> numbered() {
        Map<String, Object> all = new LinkedHashMap<>(json);
        all.put("n", number);
        return all;
    }
}
