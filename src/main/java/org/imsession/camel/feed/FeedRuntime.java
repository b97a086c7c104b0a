package org.imsession.camel.feed;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.imsession.camel.gws.LoginPace;

/**
 * Threads, time and chance, which feeds share and do not make.
 *
 * @param scheduler runs timers and control; must not reject for want of room
 * @param workers   runs what decodes and what runs routes
 * @param keepers   run what may wait for a disk, and nothing that may wait for a route: a connect waits for them
 * @param nanoTime  monotonic time in nanoseconds; the only time that decides anything
 * @param clock     the time of day, for people
 * @param random    the source of jitter
 * @param pace      spreads logins over time
 */
public record FeedRuntime(ScheduledExecutorService scheduler, Executor workers, Executor keepers,
                          LongSupplier nanoTime, Clock clock, RandomGenerator random, LoginPace pace) {
}
