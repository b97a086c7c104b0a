package org.imsession.camel;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.spi.StateRepository;
import org.imsession.camel.cluster.MasterConsumer;
import org.imsession.camel.fleet.FollowedTeam;
import org.imsession.camel.fleet.Team;
import org.imsession.camel.monitor.Meters;
import org.imsession.camel.monitor.Reminders;
import org.imsession.camel.monitor.RouteRetries;
import org.imsession.camel.monitor.TeamHealthCheck;
import org.imsession.camel.monitor.TeamRun;
import org.imsession.camel.recovery.UndeliveredEvent;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.UnavailableException;
import org.imsession.camel.text.Refusal;
import org.imsession.camel.text.ShownFailure;

/**
 * Turns the events of an agent's feed, or of those of a team, into exchanges: of each agent one at a time and in order,
 * of several agents at the same time. The feeds themselves run in the background: starting does not wait for the network
 * unless {@code testConnectionOnStartup} says so.
 */
@ManagedResource(description = "Managed IM session consumer")
public class IMSessionConsumer extends ManagedTeamConsumer implements Suspendable, ShutdownAware {

    private final FollowedTeam followed = new Followed();
    private final RouteSubscriber subscriber;
    private volatile TeamRun run;
    private volatile String startProblem = "";
    private AgentDirectory.Registration registration;
    private MasterConsumer master;

    public IMSessionConsumer(IMSessionEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.subscriber = new RouteSubscriber(this, endpoint.getConfiguration(),
                new ExchangeFiller(endpoint.getConfiguration(), endpoint::getServiceUrl));
    }

    @Override
    public IMSessionEndpoint getEndpoint() {
        return (IMSessionEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        try {
            getEndpoint().connection(); // bad options are told before anything starts
        } catch (RuntimeException e) {
            throw Refusal.of(e);
        }
        if (getHealthCheck() == null && getEndpoint().getComponent().isHealthCheckConsumerEnabled()) {
            IMSessionConfiguration c = getEndpoint().getConfiguration();
            setHealthCheck(new TeamHealthCheck(followed, new TeamHealthCheck.Bounds(getEndpoint().toString(),
                    getEndpoint()::isServerUnchecked, c.getMinLiveAgents(), c.getHealthNames(),
                    c.getUndeliveredLimit())));
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        master = MasterConsumer.of(this, getEndpoint().getComponent().shared());
        try {
            follow();
            master.started();
        } catch (Exception e) {
            master.failed(e);
            throw Refusal.of(ShownFailure.of(e)); // Camel prints what a directory or a store says
        }
    }

    private void follow() throws Exception {
        StateRepository<String, String> repository = getEndpoint().getConfiguration().getStateRepository();
        if (repository != null) {
            getEndpoint().getCamelContext().addService(repository, true, true);
        }
        IMSessionConfiguration c = getEndpoint().getConfiguration();
        Duration patience = Duration.ofMillis(c.getStopTimeout());
        Team team = new Team(getEndpoint().getAgent(), getEndpoint().getComponent().fleet(),
                getEndpoint().connection(), subscriber, patience);
        Reminders reminders = new Reminders(followed, Duration.ofMillis(c.getRemindEvery()), Clock.systemUTC())
                .repeatWith(getEndpoint().getComponent().fleet().scheduler());
        TeamRun started = new TeamRun(team, Meters.of(getEndpoint().getCamelContext(), followed), reminders,
                c.isMetersPerAgent(), patience);
        run = started;
        subscriber.undelivered().begin(getEndpoint().getComponent().fleet().scheduler());
        RouteRetries.listen(getEndpoint().getCamelContext());
        getEndpoint().getComponent().runs(this);
        getEndpoint().getComponent().unchecked(this, getEndpoint());
        Optional<AgentDirectory> directory = getEndpoint().directory();
        if (directory.isPresent()) {
            startProblem = "";
            registration = begin(directory.get(), started);
        } else {
            started.measure(Set.of(getEndpoint().getAgent()));
            CompletableFuture<Void> live = team.follow();
            if (c.isTestConnectionOnStartup()) {
                await(live);
            }
        }
    }

    private AgentDirectory.Registration begin(AgentDirectory directory, TeamRun started) {
        try {
            return directory.follow(started);
        } catch (UnavailableException e) {
            startProblem = e.getMessage();
            throw e;
        }
    }

    /** Login, handshake and subscription are three requests, and the first needs a connection. */
    private void await(CompletableFuture<Void> live) throws Exception {
        IMSessionConfiguration c = getEndpoint().getConfiguration();
        try {
            live.get(c.getConnectTimeout() + 3 * c.getRequestTimeout(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw new IllegalStateException("Agent " + getEndpoint().getAgent() + " is not subscribed in time: "
                    + followed.status().agents(), e);
        }
    }

    /** Camel stops by force what does not suspend in time, before or after it suspends it, and may resume it later. */
    @Override
    public boolean isSuspended() {
        return super.isSuspended() || isStopped();
    }

    @Override
    public void resume() {
        if (isStopped()) {
            start();
        } else {
            super.resume();
        }
    }

    @Override
    protected void doSuspend() throws Exception {
        team().ifPresent(Team::suspend);
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        if (run == null) {
            doStart();
        } else {
            run.team().resume();
        }
    }

    @Override
    protected void doStop() throws Exception {
        getEndpoint().getComponent().ended(this);
        getEndpoint().getComponent().checked(this);
        // Closed from the last to the first, each whatever became of the one before; the first failure is thrown. The
        // What the master lacks goes first, for what follows may be interrupted by a shutdown that is forced.
        try (AutoCloseable processor = super::doStop; TeamRun ended = run; AutoCloseable directory = registration;
             MasterConsumer adopted = master) {
            registration = null;
            master = null;
        } catch (Exception e) {
            throw ShownFailure.of(e);
        } catch (Error e) { // such as of a bean whose classes are gone; Camel would leave off stopping the route there
            throw new RuntimeCamelException("The consumer of " + getEndpoint().getAgent() + " did not stop well",
                    ShownFailure.of((Throwable) e));
        } finally {
            run = null;
            subscriber.undelivered().clear();
        }
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() { // what waits behind an event that fails cannot be waited for
        return team().map(team -> team.pending(agent -> subscriber.undelivered().of(agent).isEmpty())).orElse(0);
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // what has been received is delivered first: see getPendingExchangesSize
    }

    @Override
    FollowedTeam followed() {
        return followed;
    }

    @Override
    long exchanges() {
        return subscriber.exchanges();
    }

    @Override
    long failedExchanges() {
        return subscriber.failed();
    }

    private Optional<Team> team() {
        return followed.team();
    }

    /** What is to be seen of this consumer. */
    private final class Followed implements FollowedTeam {

        @Override
        public String routeId() {
            return getRouteId();
        }

        @Override
        public String name() {
            return getEndpoint().getAgent();
        }

        @Override
        public boolean isTeam() {
            return getEndpoint().getAgents() != null;
        }

        @Override
        public Optional<Team> team() {
            return Optional.ofNullable(run).map(TeamRun::team);
        }

        @Override
        public boolean isKnown() {
            TeamRun current = run;
            return current != null && (current.told() || !isTeam());
        }

        @Override
        public long redeliveries() {
            return subscriber.redelivered();
        }

        @Override
        public List<UndeliveredEvent> undelivered() {
            return subscriber.undelivered().all();
        }

        @Override
        public String startProblem() {
            return startProblem;
        }

        @Override
        public long parkings() {
            return subscriber.parkings();
        }
    }
}
