package org.imsession.camel.feed;

import java.util.function.Function;
import org.imsession.camel.bayeux.BayeuxSession;
import org.imsession.camel.channel.CarriedChannel;
import org.imsession.camel.event.NotificationObserver;
import org.imsession.camel.gws.AnswerMemory;
import org.imsession.camel.gws.GwsHttpClient;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.position.Owner;
import org.imsession.camel.position.PositionSaver;
import org.imsession.camel.position.PositionStore;
import org.imsession.camel.position.SessionTakeOver;
import org.imsession.camel.recovery.FailureCount;
import org.imsession.camel.recovery.Logins;
import org.imsession.camel.recovery.ReconnectPause;
import org.imsession.camel.threads.SerialExecutor;
import org.imsession.camel.threads.StateScope;

/**
 * The parts of a feed, each made with those below it. Two speak to one above, which they are told of before the feed is
 * started: what saves positions to who hears the feed, and the wire to the state machine, which is made last.
 */
record FeedParts(FeedSettings settings, GwsSession gws, SerialExecutor control, CurrentState current, StateScope scope,
                 PositionSaver saver, WireEvents wire, BayeuxSession bayeux, SessionTakeOver takeOver,
                 Audience audience, Backlog backlog, Intake intake, ServerWarnings warnings, Resync resync,
                 CarriedChannel carried, FailureCount failures, Logins logins, ReconnectPause pause,
                 ContactCenterLogin contactCenter, AwaitedStarts starts, FeedCounters counters) {

    /** What one event of the largest size may need of the heap, with the piece of an answer that is not split yet. */
    private static final int WEIGHT = 7;

    /** See {@link AgentFeed}. */
    static FeedParts of(FeedSettings settings, FeedRuntime runtime, GwsHttpClient http, GwsSession gws,
                        Function<byte[], IMSessionNotification> json, NotificationObserver observer,
                        PositionStore store) {
        SerialExecutor control = new SerialExecutor(runtime.scheduler());
        StateScope scope = new StateScope(runtime.scheduler(), control);
        CurrentState current = new CurrentState(settings, runtime.clock());
        FeedCounters counters = new FeedCounters();
        ServerWarnings warnings = new ServerWarnings(settings);
        PositionSaver saver = new PositionSaver(
                new Owner(settings.agent(), settings.server(), http.shared(settings.bayeux().url())),
                runtime.scheduler(), runtime.keepers(), runtime.clock(), store, gws.cookies());
        WireEvents wire = new WireEvents(control);
        BayeuxSession bayeux = new BayeuxSession(settings.bayeux(), http, gws.cookies(), gws::decorate,
                runtime.scheduler(), runtime.nanoTime(), runtime.clock(), saver, gws.words(), wire);
        SessionTakeOver takeOver = new SessionTakeOver(saver, bayeux, scope);
        GapTracker gaps = new GapTracker(settings, runtime.clock(), takeOver::liableSince);
        Audience audience = new Audience(settings, runtime.clock(), gaps, saver::again);
        Backlog backlog = new Backlog(settings, runtime, AnswerMemory.OF_THIS_JVM.share(
                (long) WEIGHT * settings.bayeux().maxMessageSize()), audience);
        Intake intake = new Intake(settings, runtime, json, observer, counters, backlog, audience);
        Resync resync = new Resync(settings, runtime, control, current, gws, intake, audience, warnings);
        FailureCount failures = new FailureCount(settings.backoff(), runtime.nanoTime(), runtime.random());
        saver.marks(audience);
        return new FeedParts(settings, gws, control, current, scope, saver, wire, bayeux, takeOver, audience,
                backlog, intake, warnings, resync,
                new CarriedChannel(runtime.scheduler(), runtime.clock(), control, gws, bayeux, resync), failures,
                new Logins(runtime.pace(), settings.parkedRetry(), settings.credentialCheck(), gws, failures, scope,
                        control),
                new ReconnectPause(runtime.scheduler(), control), new ContactCenterLogin(settings, gws, control),
                new AwaitedStarts(), counters);
    }
}
