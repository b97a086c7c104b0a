package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What an agent needs of the heap while nothing happens, for there may be thousands: the objects of the component and
 * of CometD's client, counted by the JVM (HotSpot with
 * compressed pointers). A change of a tenth is to be made knowingly, with a new figure here.
 */
class IdleAgentTest {

    private static final int AGENTS = 40;
    private static final long KEPT = 4900;
    private static final Pattern OURS = ofClass("org\\.(imsession\\.camel|cometd\\.client)\\.");
    private static final Pattern CHANNELS = ofClass("org\\.cometd\\.client\\.BayeuxClient\\$BayeuxClientChannel");

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create();

    /** A line of the histogram: number, instances, bytes, class. */
    private static Pattern ofClass(String name) {
        return Pattern.compile("\\d+:\\s+\\d+\\s+(\\d+)\\s+" + name);
    }

    private static AgentList with(AgentList agents, GwsSimulator gws, int from, int to) {
        for (int i = from; i < to; i++) {
            gws.agent("agent" + i, "secret");
            agents.put("agent" + i, AgentCredentials.ofPassword("agent" + i, "secret"));
        }
        return agents;
    }

    /** In bytes, of what is reachable. */
    private static long held(Pattern classes) throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                new Object[] {new String[0]}, new String[] {String[].class.getName()});
        return classes.matcher(histogram).results().mapToLong(each -> Long.parseLong(each.group(1))).sum();
    }

    @Test
    void anIdleAgentNeedsNoMoreOfTheHeap() throws Exception {
        AgentList team = with(new AgentList(), gws, 0, 1);
        try (ListeningRoute route = ListeningRoute.prepared().with(context -> context.getRegistry().bind("team", team))
                .add("listening", ListeningRoute.uri(gws, "team", "password=", "agents=#team")).start()) {
            Awaitility.await().until(() -> route.consumer().isResynchronised());
            long before = held(OURS);
            long channels = held(CHANNELS); // of tests that ran before
            with(team, gws, 1, 1 + AGENTS);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() ->
                    route.consumer().getLiveAgents() == 1 + AGENTS && route.consumer().isResynchronised());
            Awaitility.await().pollInSameThread().untilAsserted(() -> assertThat((held(OURS) - before) / AGENTS)
                    .as("bytes an agent, kept are " + KEPT).isBetween(KEPT * 9 / 10, KEPT * 11 / 10));
            assertThat(held(CHANNELS)).as("nobody listens to them").isLessThanOrEqualTo(channels);
        }
    }
}
