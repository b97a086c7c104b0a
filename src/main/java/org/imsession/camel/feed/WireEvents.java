package org.imsession.camel.feed;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSessionListener;
import org.imsession.camel.bayeux.ReceivedEvent;
import org.imsession.camel.gws.AnswerMemory;

/** What the wire says, brought onto the control executor; the events go straight to the intake. */
final class WireEvents implements BayeuxSessionListener {

    private final FeedMachine machine;
    private final Executor control;
    private final Intake intake;
    private final Backlog backlog;

    WireEvents(FeedMachine machine, Executor control, Intake intake, Backlog backlog) {
        this.machine = machine;
        this.control = control;
        this.intake = intake;
        this.backlog = backlog;
    }

    @Override
    public void opened(String session, boolean acknowledging, boolean resumed) {
        intake.opened(session, acknowledging);
        control.execute(() -> machine.opened(acknowledging, resumed));
    }

    @Override
    public void subscribed() {
        control.execute(machine::subscribed);
    }

    @Override
    public void connected() {
        control.execute(machine::connected);
    }

    @Override
    public void heldBack() {
        machine.heldBack();
    }

    @Override
    public void crowded() {
        control.execute(machine::crowded);
    }

    @Override
    public int room() {
        return backlog.room();
    }

    @Override
    public boolean isHalfFull() {
        return backlog.isHalfFull() || backlog.memory().held() > backlog.memory().most() / 2;
    }

    @Override
    public AnswerMemory.Share memory() {
        return backlog.memory();
    }

    @Override
    public void received(List<ReceivedEvent> events, int refused, Instant since) {
        intake.received(events, since);
        backlog.taken();
        if (refused > 0 && !machine.isAcknowledging()) {
            intake.dropped(refused, since);
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
