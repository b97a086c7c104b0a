/**
 * One agent's feed: its state machine, what has been acknowledged, gaps, resynchronisation and session tracking.
 * Nothing here knows Camel.
 *
 * <h2>Which thread runs what</h2>
 * <ul>
 * <li><b>The HTTP client's threads</b> split an answer, tell new events from repeated ones, and put them into the
 * intake. They never decode, never run a route, never block, never take a lock that a route may hold.</li>
 * <li><b>The scheduler's threads</b> run the timers, send the {@code /meta/connect}s (CometD's design), and run the
 * control executor of each feed: a {@link org.imsession.camel.threads.SerialExecutor}, on which alone its state
 * changes.</li>
 * <li><b>The workers</b> run the intake of each feed, which decodes, and the deliveries, which call subscribers. Both
 * are serial for each feed or subscriber, so the events of one agent stay in order, and leave their thread to others
 * after a fair share. A route that blocks holds a worker, and nothing else.</li>
 * <li><b>The keepers</b> write positions to the session store, if there is one. A {@code /meta/connect} that
 * acknowledges something leaves only afterwards, so they run nothing that may wait for a route. One that hangs holds
 * the acknowledgement up, for some seconds, and no heartbeat: see {@link org.imsession.camel.position.StoreCalls}.</li>
 * <li><b>The credential threads</b> ask {@link org.imsession.camel.spi.AgentCredentials}, which may block, one call at
 * a time for each agent and with a limit; what is in memory is told on any thread. A login is sent, without blocking, by
 * whichever thread gave it its turn.</li>
 * </ul>
 * Whoever ends an exchange, on any thread, tells the ledger; a {@code /meta/connect} that waited for it leaves on a
 * thread of the scheduler, or, if a worker ended it within its delivery, on that worker as soon as the route has
 * returned: see {@link org.imsession.camel.threads.HandOff}.
 */
package org.imsession.camel.feed;
