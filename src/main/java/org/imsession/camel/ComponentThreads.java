package org.imsession.camel;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.imsession.camel.threads.FewThreads;

/** The threads of one component, from its start to its stop; Camel's, so that it names, shows and stops them. */
final class ComponentThreads implements AutoCloseable {

    private static final int SCHEDULER_THREADS = 2;
    private static final int KEEPER_THREADS = 4;
    /** So many beans that never answer can be had without an agent noticing that has another one. */
    private static final int CREDENTIAL_THREADS = 16;
    private static final long IDLE_SECONDS = 60;
    /** The routes have been stopped before: what still runs then has outlasted Camel's own patience. */
    private static final long SHUTDOWN_MILLIS = 1000;

    private final ExecutorServiceManager pools;
    private final Object owner;
    private final ScheduledExecutorService scheduler;
    private final ExecutorService workers;
    private final ExecutorService keepers;
    private final ExecutorService questions;
    private final ExecutorService producers;
    private final Executor continuations;
    private ExecutorService directories; // guarded by this

    /**
     * @param pools         makes them
     * @param owner         whose they are, for Camel
     * @param workerThreads how many run the routes
     */
    ComponentThreads(ExecutorServiceManager pools, Object owner, int workerThreads) {
        this.pools = pools;
        this.owner = owner;
        // Camel's own policy for a full pool is to run the task on the caller, which here is a thread of the transport
        scheduler = pools.newScheduledThreadPool(owner, "IMSession-scheduler",
                profile("imsession-scheduler", SCHEDULER_THREADS, 0));
        workers = pools.newThreadPool(owner, "IMSession-worker",
                profile("imsession-worker", workerThreads, workerThreads));
        keepers = pools.newThreadPool(owner, "IMSession-state",
                profile("imsession-state", KEEPER_THREADS, KEEPER_THREADS));
        questions = pools.newThreadPool(owner, "IMSession-credentials",
                profile("imsession-credentials", CREDENTIAL_THREADS, CREDENTIAL_THREADS));
        // without a bound: a route that waits in one of these for the end of another operation must not starve it
        producers = pools.newCachedThreadPool(owner, "IMSession-producer");
        continuations = new FewThreads(producers);
    }

    /** The queue needs no bound of its own: a feed has at most a handful of tasks in it, whatever waits behind them. */
    private static ThreadPoolProfile profile(String id, int threads, int maxThreads) {
        ThreadPoolProfile profile = new ThreadPoolProfile(id);
        profile.setPoolSize(threads);
        profile.setMaxPoolSize(maxThreads);
        profile.setMaxQueueSize(Integer.MAX_VALUE);
        profile.setKeepAliveTime(IDLE_SECONDS);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setAllowCoreThreadTimeOut(maxThreads > 0);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /** Runs timers, and nothing that may block. */
    ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** Run the routes. */
    ExecutorService workers() {
        return workers;
    }

    /** Write positions. */
    ExecutorService keepers() {
        return keepers;
    }

    /** Where to look up credentials, which may block; interrupted if that takes too long. */
    ExecutorService questions() {
        return questions;
    }

    /** What goes on with an exchange after its operation; whoever hands it over if they are shut down. */
    Executor continuations() {
        return continuations;
    }

    /** For the directories of teams, each of which may wait for a disk of its own; made when one is needed. */
    synchronized ExecutorService directories() {
        if (directories == null) {
            directories = pools.newCachedThreadPool(owner, "IMSession-directory");
        }
        return directories;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (directories != null) {
                pools.shutdownNow(directories);
            }
        }
        pools.shutdownGraceful(producers);
        pools.shutdownGraceful(workers, SHUTDOWN_MILLIS);
        pools.shutdownGraceful(keepers, SHUTDOWN_MILLIS);
        pools.shutdownNow(questions);
        pools.shutdownNow(scheduler);
    }
}
