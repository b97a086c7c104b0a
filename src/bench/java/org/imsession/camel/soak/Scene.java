package org.imsession.camel.soak;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.samples.PostgreSql;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.TcpProxy;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;

/**
 * Everything that a mishap can happen to.
 *
 * @param gws      the server
 * @param proxy    the network between it and the follower
 * @param follower the process that follows the agents
 * @param agents   the agents
 * @param traffic  their events
 * @param database where the follower keeps what it gets, if it does
 * @param random   decides whom it hits, and how hard
 * @param over     is counted down when the soak is to end
 */
record Scene(GwsServer gws, TcpProxy proxy, FollowerProcess follower, List<Listener> agents,
             Map<String, Traffic> traffic, Optional<PostgreSql> database, Random random, CountDownLatch over) {

    /** The same with other luck. */
    Scene with(Random other) {
        return new Scene(gws, proxy, follower, agents, traffic, database, other, over);
    }

    Listener anybody() {
        return agents.get(random.nextInt(agents.size()));
    }

    /** A number from the first to the second, both included. */
    int from(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** Waits, less if the soak ends. */
    void wait(int millis) throws InterruptedException {
        over.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Lets a fault happen at the next request of anybody, and perhaps at a few more. */
    void arm(Step step, Fault fault) {
        arm(anybody(), step, fault);
    }

    void arm(Listener agent, Step step, Fault fault) {
        gws.faults().add(FaultRule.at(step, fault).forAgent(agent.name()).times(from(1, 3)));
    }

    /** The same at the beginning of a new session, which is made necessary. */
    void armAtNewSession(Step step, Fault fault) {
        Listener agent = anybody();
        arm(agent, step, fault);
        gws.agent(agent.name()).dropBayeuxSession();
    }

    /** Ends all that lasts. */
    void heal() throws Exception {
        gws.faults().clear();
        proxy.clear();
        proxy.acceptAgain();
        gws.start();
        follower.thaw();
        if (!follower.isAlive()) {
            follower.start();
        }
    }
}
