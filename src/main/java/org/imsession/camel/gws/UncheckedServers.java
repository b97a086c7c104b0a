package org.imsession.camel.gws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who logs in to a server that has not proved who it is, because {@code allowAnyCertificate} lets them. It is said when
 * each begins, and again every hour for as long as it goes on. Any thread.
 */
public final class UncheckedServers {

    private static final Logger LOG = LoggerFactory.getLogger(UncheckedServers.class);

    /** By context, because to find out takes a handshake in memory. */
    private final Map<SSLContext, Boolean> acceptAny = new ConcurrentHashMap<>();
    private final Map<Object, Login> users = new ConcurrentHashMap<>();

    private record Login(String agent, String server) {

        void warn() {
            LOG.warn("IMS-021 agent={} server={} any certificate is accepted (allowAnyCertificate): whoever answers at"
                    + " this address gets the password and reads the conversations. Trust the authority of the server"
                    + " instead", agent, server);
        }
    }

    /** Begins to repeat what lasts; over with the scheduler. */
    public void repeatWith(ScheduledExecutorService scheduler) {
        scheduler.scheduleWithFixedDelay(() -> users.values().stream().distinct().forEach(Login::warn),
                1, 1, TimeUnit.HOURS);
    }

    /** Whether any certificate is accepted with this context. */
    public boolean acceptsAny(SSLContext context) {
        return acceptAny.computeIfAbsent(context, GwsHttpClient::acceptsAnyCertificate);
    }

    /** A consumer or producer is about to log in to such a server. */
    public void begins(Object user, String agent, String server) {
        Login login = new Login(agent, server);
        users.put(user, login);
        login.warn();
    }

    public void ends(Object user) {
        users.remove(user);
    }

    public void clear() {
        users.clear();
        acceptAny.clear();
    }
}
