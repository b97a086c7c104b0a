package org.imsession.camel.check;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSessionListener;
import org.imsession.camel.bayeux.ReceivedEvent;
import org.imsession.camel.gws.AnswerMemory;

/** How far a Bayeux session comes. What the agent is sent meanwhile is not looked at, and not acknowledged. */
final class Opening implements BayeuxSessionListener {

    private static final long MOST_BYTES = 16L * 1024 * 1024;

    final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final AnswerMemory.Share memory = AnswerMemory.OF_THIS_JVM.share(MOST_BYTES);

    /** Why a session did not come so far. */
    static final class Lost extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient BayeuxFailure failure;

        Lost(BayeuxFailure failure) {
            super(failure.withRemedy(), null, false, false);
            this.failure = failure;
        }

        BayeuxFailure failure() {
            return failure;
        }
    }

    @Override
    public void opened(String session, boolean acknowledging, boolean resumed) {
        opened.complete(acknowledging);
    }

    @Override
    public void subscribed() {
        subscribed.complete(null);
    }

    @Override
    public void connected() {
        connected.complete(null);
    }

    @Override
    public void heldBack() {
        // nothing is at work here
    }

    @Override
    public void crowded() {
        // the agent's own desktop has cookies of its own
    }

    @Override
    public String topic() {
        return Check.TOPIC;
    }

    @Override
    public int room() {
        return 0;
    }

    @Override
    public boolean isHalfFull() {
        return false;
    }

    @Override
    public AnswerMemory.Share memory() {
        return memory;
    }

    @Override
    public void received(List<ReceivedEvent> events, int refused, Instant since) {
        // not for us
    }

    @Override
    public void interrupted(BayeuxFailure failure, Retry retry) {
        end(failure);
        retry.never();
    }

    @Override
    public void lost(BayeuxFailure failure) {
        end(failure);
    }

    private void end(BayeuxFailure failure) {
        List.of(opened, subscribed, connected).forEach(each -> each.completeExceptionally(new Lost(failure)));
    }
}
