package org.imsession.camel.fleet;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options by which two settings of one agent differ; never a value, for some are secret. Parts of settings are
 * named as the options that they come from, but for those below.
 */
final class DifferingOptions {

    static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("server", "serverUrl"),
            Map.entry("maxAnswerLength", "maxMessageSize"),
            Map.entry("maxNetworkDelay", "requestTimeout"),
            Map.entry("url", "notificationsPath"),
            Map.entry("delay", "reconnectDelay"),
            Map.entry("maximum", "reconnectDelayMax"),
            Map.entry("multiplier", "reconnectMultiplier"),
            Map.entry("jitter", "reconnectJitter"),
            Map.entry("parkedRetry", "parkedRetryInterval"),
            Map.entry("credentialCheck", "parkedRetryInterval"),
            Map.entry("contactCenterChannels", "startContactCenterSession or channels"),
            Map.entry("sslContext", "sslContextParameters"),
            Map.entry("maxRequestHead", "maxRequestHeadSize"),
            Map.entry("host", "proxyHost"),
            Map.entry("port", "proxyPort"),
            Map.entry("username", "proxyUsername"),
            Map.entry("password", "proxyPassword"));

    private DifferingOptions() {
    }

    /** Of two records of one type, and the records within them. */
    static Set<String> of(Record one, Record other) {
        Set<String> names = new TreeSet<>();
        if (one == other) { // as nearly always: the agents of a team share theirs
            return names;
        }
        for (RecordComponent part : one.getClass().getRecordComponents()) {
            Object mine = value(part, one);
            Object others = value(part, other);
            if (mine instanceof Record inner && others instanceof Record otherInner
                    && inner.getClass() == otherInner.getClass()
                    && Modifier.isPublic(inner.getClass().getModifiers())) {
                names.addAll(of(inner, otherInner));
            } else if (!Objects.equals(mine, others)) {
                names.add(OTHER_NAMES.getOrDefault(part.getName(), part.getName()));
            }
        }
        return names;
    }

    private static Object value(RecordComponent part, Record of) {
        try {
            return part.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
