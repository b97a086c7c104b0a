package org.imsession.camel.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the owners of a feed want of it: subscriptions, a start, a stop. Its methods may be called by any thread; what
 * they do is done on the control executor.
 */
final class FeedLifeCycle {

    private final FeedMachine machine;
    private final FeedSettings settings;
    private final FeedThreads threads;
    private final Executor control;
    private final List<Delivery> deliveries;
    private final Intake intake;
    private final Losses losses;
    private final Resync resync;
    private final List<CompletableFuture<Void>> starting = new ArrayList<>();
    private CompletableFuture<Void> stopping = CompletableFuture.completedFuture(null);
    private boolean awaited;

    FeedLifeCycle(FeedMachine machine, FeedSettings settings, FeedThreads threads, Executor control,
                  List<Delivery> deliveries, Intake intake, Losses losses, Resync resync) {
        this.machine = machine;
        this.settings = settings;
        this.threads = threads;
        this.control = control;
        this.deliveries = deliveries;
        this.intake = intake;
        this.losses = losses;
        this.resync = resync;
    }

    /** See {@link AgentFeed#subscribe}. */
    Delivery subscribe(FeedSubscriber subscriber) {
        Delivery delivery = new Delivery(settings, subscriber, threads, deliveries);
        control.execute(() -> {
            boolean first = delivery.join(this::leaveToTheServer);
            if (!delivery.isClosed()) {
                joined(first);
            }
        });
        return delivery;
    }

    /** What nobody has heard will be fetched again, and what comes behind it meanwhile must not overtake it. */
    private void leaveToTheServer() {
        if (awaited && machine.isSubscribed()) {
            intake.leaveToTheServer();
        }
    }

    private void joined(boolean first) {
        boolean left = awaited && first; // all had left a feed that somebody else kept running
        awaited = true;
        intake.await(true);
        if (left) {
            losses.tellWhatNobodyHeard(Instant.MAX);
        }
        if (left && machine.isSubscribed()) {
            machine.fetchAgain("a route has started again");
        } else if (machine.state() == FeedState.LIVE) {
            resync.begin();
        }
    }

    /** See {@link AgentFeed#start}. */
    CompletableFuture<Void> start() {
        CompletableFuture<Void> live = new CompletableFuture<>();
        control.execute(() -> {
            if (machine.state() == FeedState.LIVE) {
                live.complete(null);
                return;
            }
            starting.add(live);
            if (machine.state() == FeedState.STOPPED) {
                machine.begin();
            }
        });
        return live;
    }

    /** See {@link AgentFeed#stop}. */
    CompletableFuture<Void> stop(Duration patience) {
        return stop(() -> machine.leave(patience), "stopped by the route");
    }

    /** See {@link AgentFeed#end}. */
    CompletableFuture<Void> end(Duration patience) {
        return stop(() -> machine.close(patience), "no longer in the team");
    }

    private CompletableFuture<Void> stop(Supplier<CompletableFuture<Void>> parting, String why) {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        control.execute(() -> {
            startFailed(new FeedException(settings.server() + ": stopped before the feed was live"));
            if (machine.state() != FeedState.STOPPED && machine.state() != FeedState.STOPPING) {
                machine.become(FeedState.STOPPING, why);
                stopping = parting.get().thenRunAsync(() -> stopped(why), control);
            }
            stopping.thenRun(() -> control.execute(() -> stopped.complete(null)));
        });
        return stopped;
    }

    private void stopped(String why) {
        machine.stopped(why);
        awaited = !deliveries.isEmpty(); // somebody may have come meanwhile
        intake.await(awaited);
        if (!starting.isEmpty()) {
            machine.begin();
        }
    }

    /** See {@link AgentFeed#retryNow}. */
    void retryNow() {
        control.execute(machine::retryNow);
    }

    /** See {@link AgentFeed#credentialsChanged}. */
    void credentialsChanged() {
        control.execute(machine::credentialsChanged);
    }

    /** On the control executor: the feed is live. */
    void live() {
        starting.forEach(each -> each.complete(null));
        starting.clear();
    }

    /** On the control executor: an attempt failed. */
    void startFailed(RuntimeException failure) {
        starting.forEach(each -> each.completeExceptionally(failure));
        starting.clear();
    }
}
