package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.consumer.LogLines;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Row F45, of a repository that does not fail but hangs, as a network disk does: it used to stop the connects of all
 * agents once it had taken the threads that call it.
 */
class HangingRepositoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** More than there are threads that call the repository. */
    private static final List<String> AGENTS = List.of("alice", "bob", "carol", "dave", "erin", "frank");

    @RegisterExtension
    final GwsSimulator gws = AGENTS.stream().reduce(GwsSimulator.create(),
            (server, agent) -> server.agent(agent, "secret"), (one, other) -> one);

    @RegisterExtension
    final LogLines log = new LogLines();

    private final HangingDrawer repository = new HangingDrawer();

    private static final class HangingDrawer extends Drawer {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition over = lock.newCondition();
        private boolean hangs;

        void hang(boolean now) {
            lock.lock();
            try {
                hangs = now;
                over.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void pass() {
            lock.lock();
            try {
                while (hangs) {
                    over.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void setState(String key, String value) {
            pass();
            super.setState(key, value);
        }

        @Override
        public String getState(String key) {
            pass();
            return super.getState(key);
        }
    }

    private ListeningRoute listen() throws Exception {
        ListeningRoute route = ListeningRoute.prepared().with(context ->
                context.getRegistry().bind("state", repository));
        for (String agent : AGENTS) {
            route.add(agent, ListeningRoute.uri(gws, agent, "stateRepository=#state"));
        }
        route.start();
        for (String agent : AGENTS) {
            route.awaitState(agent, "LIVE");
        }
        return route;
    }

    private void eachSaysAndHears(ListeningRoute route, String text) throws Exception {
        for (String agent : AGENTS) {
            gws.agent(agent).session().says(text);
            assertThat(route.inbox(agent).takeText()).isEqualTo(text);
        }
    }

    private void awaitResumable(ListeningRoute route, boolean expected) {
        for (String agent : AGENTS) {
            Awaitility.await().atMost(PATIENCE).until(() -> route.consumer(agent).isResumable() == expected);
        }
    }

    @Test
    void aRepositoryThatHangsCostsTheResumptionNotTheFeedAndIsUsedAgainWhenItAnswers() throws Exception {
        try (ListeningRoute route = listen()) {
            eachSaysAndHears(route, "before");
            awaitResumable(route, true);
            repository.hang(true);
            eachSaysAndHears(route, "one");
            awaitResumable(route, false);
            eachSaysAndHears(route, "two");
            for (String agent : AGENTS) {
                Awaitility.await().atMost(PATIENCE).until(() -> gws.agent(agent).queued() == 0);
            }
            assertThat(log.with("IMS-008")).as("one warning for each agent").hasSize(AGENTS.size())
                    .allSatisfy(line -> assertThat(line).contains("did not answer within 10 s"));
            repository.hang(false);
            eachSaysAndHears(route, "three");
            awaitResumable(route, true);
            for (String text : new String[] { "four", "five", "six" }) {
                eachSaysAndHears(route, text);
            }
            Awaitility.await().atMost(PATIENCE).untilAsserted(() ->
                    assertThat(log.with("can be kept again")).hasSize(AGENTS.size()));
        }
        try (ListeningRoute route = listen()) {
            eachSaysAndHears(route, "after");
            for (String agent : AGENTS) {
                assertThat(route.consumer(agent).getGaps()).as(agent).isZero();
            }
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("one session for each").isEqualTo(AGENTS.size());
    }

    @Test
    void aRepositoryThatHangsAtTheStartIsToldAndHoldsItUpForALimitedTime() {
        repository.hang(true);
        try {
            assertThatThrownBy(this::listen).hasStackTraceContaining("the state repository did not answer within 10 s");
        } finally {
            repository.hang(false);
        }
    }
}
