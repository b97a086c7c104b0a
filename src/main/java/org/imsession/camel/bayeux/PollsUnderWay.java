package org.imsession.camel.bayeux;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.imsession.camel.threads.Alarm;

/**
 * The requests of an agent that have no answer yet, watched over together: one alarm, set for the first of them that
 * may be too late by then. Safe for use by several threads.
 */
class PollsUnderWay {

    private final List<LongPoll> polls = new ArrayList<>(1); // guarded by itself; nearly always one
    private final Alarm alarm;

    PollsUnderWay(ScheduledExecutorService scheduler) {
        this.alarm = new Alarm(scheduler, this::watch, () ->
                now().forEach(poll -> poll.giveUp(new RejectedExecutionException("the threads are shut down"))));
    }

    private List<LongPoll> now() {
        synchronized (polls) {
            return List.copyOf(polls);
        }
    }

    void add(LongPoll poll) {
        synchronized (polls) {
            polls.add(poll);
        }
        watch();
    }

    void remove(LongPoll poll) {
        synchronized (polls) {
            polls.remove(poll);
        }
    }

    /** Looks at each, and again when one of them may be too late; when it is known that one may go on for less long. */
    void watch() {
        long least = Long.MAX_VALUE;
        for (LongPoll poll : now()) {
            least = Math.min(least, poll.look());
        }
        if (least < Long.MAX_VALUE) {
            alarm.within(Math.max(1, least));
        }
    }

    /** Ends them, because the session is over. */
    void abort(Throwable failure) {
        now().forEach(poll -> poll.abort(failure));
    }

    /** Closes their connections, and lets go of them. */
    void close() {
        now().forEach(poll -> {
            poll.close();
            remove(poll);
        });
        alarm.end();
    }
}
