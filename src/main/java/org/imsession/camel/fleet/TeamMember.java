package org.imsession.camel.fleet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.imsession.camel.feed.Delivery;
import org.imsession.camel.feed.FeedSubscriber;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.status.FeedStatus;

/** An agent whom a team follows: its feed, and what comes from it to the team. */
final class TeamMember {

    private final SharedFeed shared;
    private final Delivery delivery;
    private final CompletableFuture<Void> live;

    TeamMember(SharedFeed shared, FeedSubscriber subscriber, boolean suspended) {
        this.shared = shared;
        this.delivery = shared.feed().subscribe(subscriber);
        if (suspended) {
            delivery.suspend();
        }
        this.live = shared.join();
    }

    /** Completes when the feed is live for the first time, or fails as its first attempt. */
    CompletableFuture<Void> live() {
        return live;
    }

    Delivery delivery() {
        return delivery;
    }

    FeedStatus status() {
        return shared.feed().status();
    }

    void retryNow() {
        shared.feed().retryNow();
    }

    SharedFeed feed() {
        return shared;
    }

    /**
     * Takes the credentials that its directory gives. Others than before help who waits for want of good ones; who is
     * live needs none before the next login.
     *
     * @throws IllegalArgumentException if somebody else uses the agent with others
     */
    void credentials(AgentCredentials given) {
        if (!shared.login().become(this, given)) {
            return;
        }
        switch (status().state()) {
            case PARKED, BACKING_OFF -> shared.feed().credentialsChanged();
            default -> { }
        }
    }

    /** Leaves the feed; others may go on using it. */
    CompletableFuture<Void> leave(Duration patience) {
        delivery.close();
        shared.login().forget(this);
        return shared.leave(patience);
    }

    /** Leaves the feed and what was kept of it, because the agent is in the team no longer. */
    CompletableFuture<Void> remove(Duration patience) {
        delivery.remove();
        shared.login().forget(this);
        return shared.remove(patience);
    }
}
