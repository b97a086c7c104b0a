package org.imsession.camel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.imsession.camel.gws.GwsHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who logs in to a server that has not proved who it is, because {@code allowAnyCertificate} lets them. It is said when
 * each begins, and again every hour for as long as it goes on. Any thread.
 */
final class UncheckedServers {

    private static final Logger LOG = LoggerFactory.getLogger(UncheckedServers.class);

    /** By context, because to find out takes a handshake in memory. */
    private final Map<SSLContext, Boolean> acceptAny = new ConcurrentHashMap<>();
    private final Map<Object, IMSessionEndpoint> users = new ConcurrentHashMap<>();

    /** Begins to repeat what lasts; over with the scheduler. */
    void repeatWith(ScheduledExecutorService scheduler) {
        scheduler.scheduleWithFixedDelay(() -> users.values().stream().distinct().forEach(UncheckedServers::warn),
                1, 1, TimeUnit.HOURS);
    }

    /** Whether any certificate is accepted with this context. */
    boolean acceptsAny(SSLContext context) {
        return acceptAny.computeIfAbsent(context, GwsHttpClient::acceptsAnyCertificate);
    }

    /** A consumer or producer is about to log in. */
    void begins(Object user, IMSessionEndpoint endpoint) {
        if (endpoint.isServerUnchecked()) {
            users.put(user, endpoint);
            warn(endpoint);
        }
    }

    void ends(Object user) {
        users.remove(user);
    }

    void clear() {
        users.clear();
        acceptAny.clear();
    }

    private static void warn(IMSessionEndpoint endpoint) {
        LOG.warn("IMS-021 agent={} server={} any certificate is accepted (allowAnyCertificate): whoever answers at this"
                + " address gets the password and reads the conversations. Trust the authority of the server instead",
                endpoint.getAgent(), endpoint.getServer());
    }
}
