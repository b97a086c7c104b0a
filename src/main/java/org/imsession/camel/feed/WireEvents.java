package org.imsession.camel.feed;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSessionListener;
import org.imsession.camel.bayeux.ReceivedEvent;
import org.imsession.camel.gws.AnswerMemory;

/**
 * What the wire says, brought onto the control executor; the events go straight to the intake. It is handed to the
 * session before there is anybody to tell: {@link #tell} is to be called before the session is opened.
 */
final class WireEvents implements BayeuxSessionListener {

    private final Executor control;
    private volatile FeedMachine machine;
    private volatile FeedParts parts;

    WireEvents(Executor control) {
        this.control = control;
    }

    void tell(FeedMachine feed, FeedParts of) {
        machine = feed;
        parts = of;
    }

    @Override
    public void opened(String session, boolean acknowledging, boolean resumed) {
        parts.intake().opened(session, acknowledging);
        control.execute(() -> machine.opened(acknowledging, resumed));
    }

    @Override
    public void subscribed() {
        control.execute(machine::subscribed);
    }

    @Override
    public void connected() {
        if (!machine.isSteady()) { // or else each answer would wake a thread that has nothing to do
            control.execute(machine::connected);
        }
    }

    @Override
    public void heldBack() {
        parts.carried().heldBack();
    }

    @Override
    public void crowded() {
        control.execute(parts.warnings()::crowded);
    }

    @Override
    public String topic() {
        return parts.settings().topic();
    }

    @Override
    public int room() {
        return parts.backlog().room();
    }

    @Override
    public boolean isHalfFull() {
        return parts.backlog().isHalfFull() || memory().held() > memory().most() / 2;
    }

    @Override
    public AnswerMemory.Share memory() {
        return parts.backlog().memory();
    }

    @Override
    public void received(List<ReceivedEvent> events, int refused, Instant since) {
        parts.intake().received(events, since);
        parts.backlog().taken();
        if (refused > 0 && !parts.bayeux().ledger().acknowledging()) {
            parts.intake().dropped(refused, since);
        }
    }

    @Override
    public void interrupted(BayeuxFailure failure, Retry retry) {
        control.execute(() -> machine.interrupted(failure, retry));
    }

    @Override
    public void lost(BayeuxFailure failure) {
        control.execute(() -> machine.lost(failure));
    }
}
