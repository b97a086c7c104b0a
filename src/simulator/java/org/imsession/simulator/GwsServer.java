package org.imsession.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.imsession.simulator.agents.Agent;
import org.imsession.simulator.agents.Documents;
import org.imsession.simulator.agents.Switchboard;
import org.imsession.simulator.bayeux.BayeuxNode;
import org.imsession.simulator.bayeux.Changes;
import org.imsession.simulator.bayeux.DeliveryCounters;
import org.imsession.simulator.bayeux.Greetings;
import org.imsession.simulator.fault.FaultScript;
import org.imsession.simulator.http.HttpNode;
import org.imsession.simulator.http.ServerParts;
import org.imsession.simulator.http.WebSessions;
import org.imsession.simulator.record.RequestLog;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.recording.Recording;
import org.imsession.simulator.replay.Replay;
import org.imsession.simulator.rest.RestApi;
import org.imsession.simulator.settings.GwsSettings;

/**
 * A simulated GWS on 127.0.0.1. Agents are added before or after the start; settings may change while it runs, those
 * marked "read at start" take effect at the next start. All methods may be called from any thread.
 */
public class GwsServer implements AutoCloseable {

    static final String TOPIC = "/v2/me/im-sessions";

    private final RequestLog requests;
    private final FaultScript faults = new FaultScript();
    private final WebSessions webSessions = new WebSessions();
    private final DeliveryCounters counters = new DeliveryCounters();
    private final Greetings greetings = new Greetings();
    private final Changes changes = new Changes();
    private final AtomicLong requestNumbers = new AtomicLong();
    private final Switchboard switchboard;
    private final ServerParts parts;
    private final Services services = new Services();
    private final Optional<Replay> replay;
    private volatile GwsSettings settings;
    private volatile int port;
    private volatile Optional<BayeuxNode> bayeux = Optional.empty();
    private Optional<HttpNode> http = Optional.empty();

    /**
     * A server that is not started.
     *
     * @param settings its settings
     */
    protected GwsServer(GwsSettings settings) {
        this(settings, Optional.empty());
    }

    /** One that plays a recording, if there is one. */
    GwsServer(GwsSettings settings, Optional<Replay> replay) {
        this.replay = replay;
        this.settings = settings;
        this.port = settings.port();
        this.requests = new RequestLog(settings.recordedRequests());
        this.switchboard = new Switchboard(
                new Documents(this::settings, this::url, Clock.systemUTC()), this::publish);
        this.parts = new ServerParts(this::settings, switchboard,
                new RestApi(switchboard, this::settings, this::url, services::list), webSessions, faults, requests,
                replay);
        replay.ifPresent(each -> switchboard.addWithAnyPassword(each.agents()));
    }

    private void publish(String agent, String data) {
        bayeux.ifPresent(node -> node.publish(agent, TOPIC, data));
    }

    /**
     * A server with default settings, not started.
     *
     * @return the server
     */
    public static GwsServer create() {
        return create(GwsSettings.defaults());
    }

    /**
     * A server that is not started.
     *
     * @param settings its settings
     * @return the server
     */
    public static GwsServer create(GwsSettings settings) {
        return new GwsServer(settings);
    }

    /**
     * A server that plays a recording, once. Its agents are those of the recording, by the names that it gives them and
     * with any password; if there is one alone, whoever logs in is taken for it.
     *
     * @param settings its settings
     * @param file     a file that a {@link org.imsession.simulator.recorder.Recorder} has written
     * @param fast     whether each answer comes as soon as the one before has been taken, and not in its time
     * @return the server
     * @throws IllegalArgumentException naming what in the file cannot be read
     */
    public static GwsServer replaying(GwsSettings settings, Path file, boolean fast) {
        return new GwsServer(settings, Optional.of(new Replay(Recording.read(file), fast)));
    }

    /**
     * Waits until a recording has been played to all its agents, and they have taken it.
     *
     * @param timeout how long to wait
     * @return whether it was so in time
     * @throws InterruptedException  when the thread is interrupted
     * @throws IllegalStateException when this server plays none
     */
    public boolean awaitReplayed(Duration timeout) throws InterruptedException {
        Replay played = replay.orElseThrow(() -> new IllegalStateException("This server plays no recording"));
        return changes.await(played::isOver, timeout);
    }

    /**
     * Adds an agent, with a phone number of its own.
     *
     * @param name     its login name
     * @param password its password
     * @return this
     */
    public GwsServer agent(String name, String password) {
        switchboard.add(name, password);
        return this;
    }

    /**
     * An agent that has been added.
     *
     * @param name its login name
     * @return what a test can do with it
     * @throws IllegalArgumentException when there is no such agent
     */
    public SimulatedAgent agent(String name) {
        return new SimulatedAgent(this, known(name));
    }

    Agent known(String name) {
        return switchboard.agent(name)
                .orElseThrow(() -> new IllegalArgumentException("There is no agent called " + name));
    }

    /**
     * The names of all agents.
     *
     * @return the names, in no order
     */
    public Collection<String> agents() {
        return switchboard.agents().stream().map(Agent::name).toList();
    }

    /**
     * Starts the server, on the port it had before or the one of its settings. Nothing happens when it runs.
     *
     * @return this
     * @throws UncheckedIOException when the port is taken
     */
    public synchronized GwsServer start() {
        if (http.isEmpty()) {
            BayeuxNode node = new BayeuxNode(this::settings, counters, greetings, changes);
            bayeux = Optional.of(node);
            try {
                HttpNode started = new HttpNode(parts, node, requestNumbers, port);
                http = Optional.of(started);
                port = started.port();
            } catch (IOException e) {
                bayeux = Optional.empty();
                throw new UncheckedIOException("Cannot listen on port " + port + " of 127.0.0.1 (" + reason(e)
                        + "): stop what has it, or give another port, 0 for a free one", e);
            }
        }
        return this;
    }

    /** The innermost reason: that of the operating system. */
    private static String reason(Throwable failure) {
        return failure.getCause() == null ? failure.getMessage() : reason(failure.getCause());
    }

    /** Stops at once, as a killed server does: all connections, HTTP sessions and Bayeux sessions are gone. */
    public synchronized void stop() {
        Optional<HttpNode> running = http;
        http = Optional.empty();
        bayeux = Optional.empty();
        faults.abandonRequests();
        running.ifPresent(HttpNode::stop);
        webSessions.clear();
        replay.ifPresent(Replay::abandon);
        changes.signal();
    }

    /** Stops and starts on the same port; agents and their IM sessions live on. */
    public void restart() {
        stop();
        start();
    }

    /** Stops and starts on the same port; agents live on, their IM sessions do not, and nobody is told. */
    public void restartForgettingImSessions() {
        stop();
        switchboard.forgetConversations();
        start();
    }

    @Override
    public void close() {
        stop();
    }

    /**
     * Whether the server runs.
     *
     * @return true from start to stop
     */
    public synchronized boolean isRunning() {
        return http.isPresent();
    }

    /**
     * The port; it stays the same over restarts.
     *
     * @return the port on 127.0.0.1, 0 before the first start when a free one is to be found
     */
    public int port() {
        return port;
    }

    /**
     * The URL clients are given.
     *
     * @return {@code http://127.0.0.1:port}, without a path
     */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * The settings now in force.
     *
     * @return the settings
     */
    public GwsSettings settings() {
        return settings;
    }

    /**
     * Changes the settings.
     *
     * @param change gets the settings in force, gives the new ones
     * @return this
     */
    public synchronized GwsServer settings(UnaryOperator<GwsSettings> change) {
        settings = change.apply(settings);
        return this;
    }

    /**
     * The record of requests.
     *
     * @return the record
     */
    public RequestLog requests() {
        return requests;
    }

    /**
     * The fault script.
     *
     * @return the script
     */
    public FaultScript faults() {
        return faults;
    }

    /**
     * Waits until a number of requests has come at a step, since the start or since the record was cleared.
     *
     * @param step    the step
     * @param number  the number
     * @param timeout how long to wait
     * @return whether so many have come in time
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean awaitRequest(Step step, int number, Duration timeout) throws InterruptedException {
        return requests.await(step, number, timeout);
    }

    /**
     * Gives a service of the contact center another state, and tells whoever listens to
     * {@code /notifications/services}. {@code Voice} carries the instant messages.
     *
     * @param type  such as {@code Voice}
     * @param state {@code Active}, {@code Inactive}, or any other word
     * @return this
     */
    public GwsServer service(String type, String state) {
        String event = services.change(type, state);
        bayeux.ifPresent(node -> agents().forEach(agent -> node.publish(agent, Services.CHANNEL, event)));
        return this;
    }

    /** Gives each HTTP session a new CSRF token; the old ones are refused from now on. */
    public void rotateCsrf() {
        webSessions.rotateCsrfTokens();
    }

    Switchboard switchboard() {
        return switchboard;
    }

    WebSessions webSessions() {
        return webSessions;
    }

    DeliveryCounters counters() {
        return counters;
    }

    Greetings greetings() {
        return greetings;
    }

    Changes changes() {
        return changes;
    }

    Optional<BayeuxNode> bayeux() {
        return bayeux;
    }
}
