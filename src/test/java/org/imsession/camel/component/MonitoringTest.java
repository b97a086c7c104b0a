package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator sees: health, dev console, JMX. */
class MonitoringTest {

    private static final String PASSWORD = "s3cret-Passw0rd";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", PASSWORD);

    private String uri(String... options) {
        return ListeningRoute.uri(gws, "alice", Stream.concat(Stream.of("password=" + PASSWORD),
                Stream.of(options)).toArray(String[]::new));
    }

    @Test
    void healthIsDownUntilSubscribedUpAfterAndDownAgainWhenItIsLost() throws Exception {
        var subscribe = gws.faults().always(Step.SUBSCRIBE, Fault.bayeuxError("403::denied"));
        try (ListeningRoute route = ListeningRoute.from(uri())) {
            route.awaitState("BACKING_OFF");
            HealthCheck.Result down = route.health();
            assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
            subscribe.clear();
            route.awaitState("LIVE");
            gws.agent("alice").session().says("Hello");
            route.inbox().takeText();
            HealthCheck.Result up = route.health();
            assertThat(up.getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(up.getCheck().getId()).isEqualTo("consumer:listening");
            assertThat(up.getDetails()).containsEntry("agent", "alice").containsEntry("state", "LIVE")
                    .containsEntry("server", "127.0.0.1:" + gws.port()).containsEntry("gaps", 0L)
                    .containsEntry("deliveryGuarantee", "at-least-once")
                    .containsKeys("since", "reason", "attempts", "lastEvent", "received", "pending", "resynchronised");
            gws.stop();
            route.awaitState("RECONNECTING");
            HealthCheck.Result again = route.health();
            assertThat(again.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(again.getMessage().orElseThrow()).contains("alice");
            assertThat(Stream.of(down, up, again).map(result -> result.getDetails().toString()
                    + result.getMessage())).noneMatch(text -> text.contains(PASSWORD));
        }
    }

    /** It was to be found in the log alone, once, however long it lasted. */
    @Test
    void whatIsWrongBesideALiveFeedIsInTheMessage() throws Exception {
        var failing = gws.faults().always(Step.SNAPSHOT, Fault.status(500));
        try (ListeningRoute route = ListeningRoute.from(uri())) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(route.health().getMessage().orElseThrow()).contains(" is LIVE since ",
                            "; IMS-004: the sessions could not be read (attempt "));
            assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
            failing.clear();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(route.health().getMessage().orElseThrow()).doesNotContain("IMS-004"));
        }
    }

    @Test
    void healthIsAMatterOfReadinessAndNotOfLife() throws Exception {
        gws.stop();
        try (ListeningRoute route = ListeningRoute.from(uri())) {
            assertThat(HealthCheckHelper.invokeLiveness(route.context())).noneMatch(result ->
                    result.getCheck().getId().startsWith("consumer:"));
            assertThat(HealthCheckHelper.invokeReadiness(route.context())).anyMatch(result ->
                    result.getState() == HealthCheck.State.DOWN);
        }
    }

    @Test
    void healthChecksOfConsumersCanBeSwitchedOff() throws Exception {
        gws.stop();
        try (ListeningRoute route = ListeningRoute.prepared().with(context -> context.getComponent("imsession",
                IMSessionComponent.class).setHealthCheckConsumerEnabled(false)).add("listening", uri()).start()) {
            assertThat(HealthCheckHelper.invoke(route.context())).noneMatch(result ->
                    result.getState() == HealthCheck.State.DOWN);
        }
    }

    @Test
    void theDevConsoleShowsEveryFeedAsTextAndAsJson() throws Exception {
        gws.agent("bob", PASSWORD);
        try (ListeningRoute route = ListeningRoute.prepared().add("listening", uri())
                .add("another", uri().replace("imsession:alice", "imsession:bob")).start()) {
            route.awaitState("LIVE");
            route.awaitState("another", "LIVE");
            String text = (String) route.console(DevConsole.MediaType.TEXT);
            assertThat(text.lines()).filteredOn(line -> !line.startsWith("server=")).hasSize(2).allMatch(line -> line.contains("state=LIVE"))
                    .anyMatch(line -> line.contains("agent=alice")).anyMatch(line -> line.contains("agent=bob"));
            JsonArray feeds = ((JsonObject) route.console(DevConsole.MediaType.JSON)).getCollection("feeds");
            assertThat(feeds).hasSize(2).allSatisfy(feed -> assertThat((JsonObject) feed)
                    .containsKeys("agent", "server",
                    "state", "since", "reason", "attempts", "deliveryGuarantee", "received", "pending", "repeated",
                    "foreign", "gaps", "reconnects", "resynchronised"));
            assertThat(text + feeds.toJson()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void jmxShowsTheConsumerAndCanTellItToTryAgain() throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared(true)
                .add("listening", uri("password=wrong")).start()) {
            route.awaitState("PARKED");
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName consumer = only(server, "*:context=" + route.context().getManagementName()
                    + ",type=consumers,name=IMSessionConsumer*");
            assertThat(Stream.of(server.getMBeanInfo(consumer).getAttributes()).map(MBeanAttributeInfo::getName))
                    .contains("FeedState", "FeedReason", "DeliveryGuarantee", "LastEvent", "Attempts", "PendingEvents",
                            "Gaps", "Exchanges", "FailedExchanges");
            assertThat(Stream.of(server.getMBeanInfo(consumer).getOperations()).map(MBeanOperationInfo::getName))
                    .contains("retryNow");
            assertThat(server.getAttribute(consumer, "FeedState")).isEqualTo("PARKED");
            gws.agent("alice", "wrong");
            server.invoke(consumer, "retryNow", new Object[0], new String[0]);
            route.awaitState("LIVE");
            ObjectName endpoint = only(server, "*:context=" + route.context().getManagementName()
                    + ",type=endpoints,name=\"imsession:*\"");
            assertThat(server.getAttribute(endpoint, "Agent")).isEqualTo("alice");
            assertThat(server.getAttribute(endpoint, "Server")).isEqualTo("http://127.0.0.1:" + gws.port());
            assertThat(server.getAttribute(endpoint, "EndpointUri").toString()).doesNotContain("wrong");
        }
    }

    @Test
    void jmxCountsTheOperationsOfAProducerAndShowsTheLastFailureWithoutSecrets() throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared(true).add("listening", uri()).start()) {
            String to = uri() + "&operation=sendMessage&sessionId=nowhere";
            route.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:say").errorHandler(noErrorHandler()).to(to);
                    from("direct:list").to(uri() + "&operation=listSessions");
                }
            });
            try (ProducerTemplate template = route.context().createProducerTemplate()) {
                template.requestBody("direct:list", "");
                assertThatThrownBy(() -> template.requestBody("direct:say", "quite private"))
                        .isInstanceOf(CamelExecutionException.class);
            }
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            Set<ObjectName> producers = server.queryNames(new ObjectName("*:context="
                    + route.context().getManagementName() + ",type=producers,name=IMSessionProducer*"), null);
            long operations = 0;
            long failed = 0;
            String last = "";
            for (ObjectName producer : producers) {
                operations += (long) server.getAttribute(producer, "Operations");
                failed += (long) server.getAttribute(producer, "FailedOperations");
                last += server.getAttribute(producer, "LastFailure");
            }
            assertThat(operations).isEqualTo(2);
            assertThat(failed).isEqualTo(1);
            assertThat(last).containsIgnoringCase("sendMessage").doesNotContain("quite private", PASSWORD);
        }
    }

    private static ObjectName only(MBeanServer server, String pattern) throws Exception {
        Set<ObjectName> names = server.queryNames(new ObjectName(pattern), null);
        assertThat(names).as(pattern + " among " + server.queryNames(new ObjectName("org.apache.camel:*"), null)
                .stream().map(ObjectName::getCanonicalName)
                .filter(name -> name.contains("imsession") || name.contains("IMS"))
                .collect(Collectors.joining("\n"))).hasSize(1);
        return names.iterator().next();
    }
}
