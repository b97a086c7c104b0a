package org.imsession.camel.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Why a repository that several nodes share must lock, as {@code FilePositionRepository} does (ResumeTest): with one
 * that does not, two nodes that both believe to lead share one session, and the server cannot tell them apart.
 */
class SplitBrainTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private ListeningRoute node(Drawer state) throws Exception {
        return ListeningRoute.prepared().with(context -> context.getRegistry().bind("state", state))
                .add("listening", ListeningRoute.uri(gws, "alice", "stateRepository=#state")).start();
    }

    @Test
    void withoutALockEventsComeToBothNodesUnmarked() throws Exception {
        Drawer unlocked = new Drawer();
        try (ListeningRoute one = node(unlocked)) {
            one.awaitSettled();
            var session = gws.agent("alice").session().talks();
            try (ListeningRoute two = node(unlocked)) {
                Set<String> atOne = new HashSet<>();
                Set<String> atTwo = new HashSet<>();
                List<String> sent = new ArrayList<>();
                Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5)).until(() -> {
                    sent.add(String.valueOf(sent.size()));
                    session.says(sent.get(sent.size() - 1));
                    atOne.addAll(unmarked(one));
                    atTwo.addAll(unmarked(two));
                    return atOne.stream().anyMatch(atTwo::contains);
                });
            }
        }
    }

    /** Texts that came and were not marked as redelivered. */
    private static List<String> unmarked(ListeningRoute node) {
        return node.inbox().rest().stream().map(Exchange::getIn)
                .filter(message -> message.getBody() instanceof IMLogUpdateMessage
                        && !Boolean.TRUE.equals(message.getHeader(IMSessionConstants.REDELIVERED)))
                .map(message -> message.getBody(IMLogUpdateMessage.class).message()).toList();
    }
}
