package org.imsession.camel.fleet;

import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.imsession.camel.feed.AgentFeed;
import org.imsession.camel.feed.FeedRuntime;
import org.imsession.camel.gws.GwsHttpClient;
import org.imsession.camel.gws.GwsJson;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.gws.HttpSettings;
import org.imsession.camel.gws.RefusedCredentials;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.json.JsonLimits;
import org.imsession.camel.model.LogText;
import org.imsession.camel.operation.AgentOperations;
import org.imsession.camel.status.FeedStatus;
import org.imsession.camel.threads.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feeds of a component and what they share: threads, and one HTTP client for all whose HTTP settings are equal.
 * There is one feed for an agent at a server, whoever wants it. Safe for use by several threads.
 */
public final class Fleet implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    /** The servers of which has been said, once for a process, that what is sent to them can be read. */
    private static final Set<URI> IN_CLEAR = ConcurrentHashMap.newKeySet();

    private final FeedRuntime runtime;
    private final RampedPace pace;
    private final Executor questions;
    private final RefusedCredentials refused;
    private final GwsJson gwsJson;
    private final Map<HttpSettings, GwsHttpClient> clients = new HashMap<>();
    private final Map<JsonLimits, IMSessionJson> parsers = new HashMap<>();
    private final Map<AgentSettings.Key, SharedLogin> logins = new HashMap<>();
    private final Map<AgentSettings.Key, SharedFeed> feeds = new ConcurrentHashMap<>();
    private final Map<URI, ServicesWatch> services = new ConcurrentHashMap<>();
    private final Set<Team> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean tryingAgain = new AtomicBoolean();

    /**
     * @param scheduler        runs timers and control; not shut down here
     * @param workers          runs routes; not shut down here
     * @param keepers          run what may wait for a disk; not shut down here
     * @param questions        ask for credentials, which may block; not shut down here
     * @param loginsPerSecond  how many logins may begin in a second, for all agents together
     * @param concurrentLogins how many logins may be under way at the same time
     * @param refused          remembers credentials that were refused, for longer than this lives
     */
    public Fleet(ScheduledExecutorService scheduler, Executor workers, Executor keepers, Executor questions,
                 int loginsPerSecond, int concurrentLogins, RefusedCredentials refused) {
        this.questions = questions;
        this.refused = refused;
        Random random = new Random();
        this.pace = new RampedPace(scheduler, System::nanoTime, random, loginsPerSecond, concurrentLogins);
        this.runtime = new FeedRuntime(scheduler, workers, keepers, System::nanoTime, Clock.systemUTC(), random, pace);
        IMSessionJson json = new IMSessionJson();
        this.gwsJson = new GwsJson(json::readObject, json::writeBytes, json::readSessions, json::readSession);
    }

    /** Runs timers, and nothing that may block. */
    public ScheduledExecutorService scheduler() {
        return runtime.scheduler();
    }

    /**
     * The login of an agent; nothing is sent before an operation needs it.
     *
     * @throws IllegalArgumentException if the agent is in use with another server, credential or way there
     */
    public synchronized SharedLogin login(AgentSettings connection) {
        SharedLogin known = logins.get(connection.key());
        if (known != null) {
            Set<String> differences = known.connection().loginDifferences(connection);
            if (differences.isEmpty()) {
                return known;
            }
            if (known.inUse()) {
                throw connection.inUse(differences);
            }
        }
        if (connection.gws().inClear() && IN_CLEAR.add(connection.gws().server())) {
            LOG.warn("IMS-015 server={} is addressed by http: passwords, cookies and conversations can be read and"
                    + " changed on their way. Use https, or a tunnel that ends at the loopback address",
                    connection.gws().server());
        }
        CurrentCredentials credentials = new CurrentCredentials(connection.credentials());
        GwsSession gws = new GwsSession(connection.feed().agent(), connection.gws(), client(connection), credentials,
                questions, gwsJson, runtime.clock(), pace, refused, connection.feed().parkedRetry());
        SharedLogin made = new SharedLogin(connection, credentials, gws, new AgentOperations(gws, runtime),
                this::tryAgain);
        logins.put(connection.key(), made);
        return made;
    }

    /**
     * The feed of an agent as somebody follows it already, or else with this connection: for who needs its events, and
     * has no wish of how it is followed.
     *
     * @throws IllegalArgumentException if the agent is in use with another server, credential or way there
     */
    public synchronized SharedFeed anyFeed(AgentSettings connection) {
        SharedFeed known = feeds.get(connection.key());
        return known != null && known.inUse() && known.login() == login(connection) ? known : feed(connection);
    }

    /**
     * The feed of an agent; nothing is sent before it is started.
     *
     * @throws IllegalArgumentException if the agent is in use with another connection
     */
    public synchronized SharedFeed feed(AgentSettings connection) {
        SharedLogin login = login(connection);
        SharedFeed known = feeds.get(connection.key());
        if (known != null && known.login() == login) {
            Set<String> differences = known.connection().differences(connection);
            if (differences.isEmpty()) {
                return known;
            }
            if (known.inUse()) {
                throw connection.inUse(differences);
            }
        }
        AgentSettings own = connection.forAgent(connection.feed().agent(), login.connection().credentials());
        SharedFeed made = new SharedFeed(own, login, new AgentFeed(connection.feed(), runtime,
                client(connection), login.gws(), parsers.computeIfAbsent(connection.limits(), IMSessionJson::new)::read,
                login.operations(), connection.store()));
        if (connection.services() != AgentSettings.Services.IGNORED) {
            made.feed().carry(services.computeIfAbsent(connection.gws().api(),
                            api -> ServicesWatch.of(api, connection.feed().server())),
                    connection.services() == AgentSettings.Services.TOLD_AS_GAP);
        }
        feeds.put(connection.key(), made);
        return made;
    }

    /**
     * The feed of an agent, made and joined in one step, so that of two who want it one is the first.
     *
     * @param member joins the feed
     * @throws IllegalArgumentException if the agent is in use with another connection
     */
    synchronized TeamMember join(AgentSettings connection, Function<SharedFeed, TeamMember> member) {
        return member.apply(feed(connection));
    }

    /**
     * As {@link #join}, with credentials that a directory gives, and may give others later.
     *
     * @throws IllegalArgumentException if the agent is in use with another connection; then nothing has changed
     */
    synchronized TeamMember add(AgentSettings connection, Function<SharedFeed, TeamMember> member) {
        SharedLogin known = logins.get(connection.key());
        if (known != null) {
            known.offer(connection.credentials()); // who comes back with another password needs no other login
        }
        TeamMember made = join(connection, member);
        made.feed().login().claim(made);
        return made;
    }

    /**
     * Has a team add again when somebody lets go of an agent or uses it otherwise; until {@link #waitsNoMore}.
     *
     * @return whether it did not wait before: then it must look once more, for nobody has told it of the moment before
     */
    boolean waits(Team team) {
        return waiting.add(team);
    }

    void waitsNoMore(Team team) {
        waiting.remove(team);
    }

    /** On a thread of its own, because whoever calls this may hold the lock of a team. */
    private void tryAgain() {
        if (waiting.isEmpty() || !tryingAgain.compareAndSet(false, true)) {
            return;
        }
        Timers.execute(runtime.scheduler(), () -> {
            tryingAgain.set(false);
            waiting.forEach(Team::addAgain);
        }, () -> tryingAgain.set(false));
    }

    private GwsHttpClient client(AgentSettings connection) {
        return clients.computeIfAbsent(connection.http(), GwsHttpClient::new);
    }

    /** Which services behind the server are not active, or that all are; empty if that is not known, or not watched. */
    Optional<String> services(AgentSettings connection) {
        return Optional.ofNullable(services.get(connection.gws().api())).flatMap(ServicesWatch::summary);
    }

    /** The same of each server that is watched, by host and port; without those of which nothing is known. */
    public Map<String, String> services() {
        Map<String, String> known = new TreeMap<>();
        services.values().forEach(watch -> watch.summary().ifPresent(summary -> known.put(watch.server(), summary)));
        return known;
    }

    /** All feeds, started or not; without those of agents who have left their team. */
    public List<AgentFeed> feeds() {
        return feeds.values().stream().filter(shared -> !shared.isUnused()).map(SharedFeed::feed).toList();
    }

    /** How each feed is doing. */
    public List<FeedStatus> statuses() {
        return feeds().stream().map(AgentFeed::status).toList();
    }

    /** Closes the HTTP clients; the feeds should have been stopped before. */
    @Override
    public synchronized void close() {
        logins.values().forEach(login -> login.operations().giveUp());
        logins.clear();
        feeds.clear();
        services.values().forEach(ServicesWatch::leave);
        services.clear();
        waiting.clear();
        clients.values().forEach(client -> {
            try {
                client.close();
            } catch (RuntimeException e) {
                LOG.warn("IMS-902 The HTTP client {} did not stop: {}", client.name(),
                        LogText.escape(e.toString()));
            }
        });
        clients.clear();
        pace.close(); // what waits to log in fails at once now, and must not wait for ever
    }
}
