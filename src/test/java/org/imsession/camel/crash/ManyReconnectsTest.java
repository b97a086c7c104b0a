package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Row F53, the part that needs no month: 2,000 new sessions leave nothing behind. The soak looks at the heap. */
class ManyReconnectsTest {

    private static final List<String> AGENTS = List.of("alice", "bob", "carol", "dave");
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 500;

    /** So many threads a component may have, whatever the number of agents. */
    private static final int MOST_THREADS = 64;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withRecordedRequests(0));

    /** Keeps the scheduler of the component, to look into its queue. */
    private static final class Threads extends DefaultThreadPoolFactory {

        private ScheduledThreadPoolExecutor scheduler;

        @Override
        public ScheduledExecutorService newScheduledThreadPool(ThreadPoolProfile profile, ThreadFactory factory) {
            ScheduledExecutorService made = super.newScheduledThreadPool(profile, factory);
            if ("imsession-scheduler".equals(profile.getId())) {
                scheduler = (ScheduledThreadPoolExecutor) made;
            }
            return made;
        }
    }

    /** What is left behind, and how much of it may be there anyway. */
    private record Left(long threads, long loggers, int timers) {
    }

    private static Left left(Threads threads) throws ReflectiveOperationException {
        Field loggers = LoggerFactory.getILoggerFactory().getClass().getDeclaredField("loggerMap");
        loggers.setAccessible(true);
        return new Left(Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name ->
                        name.contains("IMSession") || name.contains("imsession")).count(),
                ((Map<?, ?>) loggers.get(LoggerFactory.getILoggerFactory())).keySet().stream().filter(name ->
                        name.toString().contains("AgentClient")).count(),
                threads.scheduler.getQueue().size());
    }

    @Test
    void twoThousandNewSessionsLeaveNothingBehind() throws Exception {
        Threads threads = new Threads();
        AGENTS.forEach(agent -> gws.agent(agent, "secret"));
        try (ListeningRoute routes = ListeningRoute.prepared().with(context -> {
            context.getExecutorServiceManager().setThreadPoolFactory(threads);
            context.getComponent("imsession", IMSessionComponent.class).setLoginsPerSecond(100_000);
        })) {
            for (String agent : AGENTS) {
                routes.add(agent, ListeningRoute.uri(gws, agent, "reconnectDelay=50", "reconnectDelayMax=100"));
            }
            routes.start();
            IntStream.range(0, WARM_UP).forEach(round -> reconnect(routes, round));
            Left before = left(threads);
            IntStream.range(WARM_UP, WARM_UP + ROUNDS).forEach(round -> reconnect(routes, round));
            // where a reconnect stands when it is looked at differs by a few timers; what is left behind stays
            await().untilAsserted(() -> assertThat(left(threads).timers()).as("timers in the queue")
                    .isLessThan(before.timers() + 2 * AGENTS.size()));
            Left after = left(threads);
            assertThat(gws.requests().count(Step.HANDSHAKE)).isGreaterThan(ROUNDS * AGENTS.size());
            assertThat(after.loggers()).as("loggers of CometD, which nobody ever collects").isEqualTo(before.loggers());
            // pools fill up lazily, so there may be more than after the first rounds
            assertThat(after.threads()).as("threads of the component").isLessThanOrEqualTo(MOST_THREADS);
        }
    }

    /** Waits until each agent has a session that works, and ends it. */
    private void reconnect(ListeningRoute routes, int round) {
        try {
            for (String agent : AGENTS) {
                assertThat(gws.requests().await(Step.SNAPSHOT, agent, round + 1, Duration.ofSeconds(10))).isTrue();
                gws.agent(agent).session().says(String.valueOf(round));
            }
            for (String agent : AGENTS) {
                assertThat(routes.inbox(agent).takeText()).isEqualTo(String.valueOf(round));
                gws.agent(agent).dropBayeuxSession();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
