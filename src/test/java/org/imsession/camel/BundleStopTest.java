package org.imsession.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.Consumer;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left when the classes of the component go and its Camel context stays, as in Karaf. */
class BundleStopTest {

    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.create().agent("alice", "secret");

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final String uri = ListeningRoute.uri(GWS, "alice", "exceptionHandler=");

    @BeforeEach
    void start() {
        camel.disableJMX();
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        awaitNoSession();
    }

    private void addRoute(String id) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(id).to("mock:" + id);
            }
        });
        assertThat(GWS.agent("alice").awaitSubscribers(1, ListeningRoute.PATIENCE)).isTrue();
    }

    /** A session that waits to be gone on with is told good-bye, which nobody waits for. */
    private static void awaitNoSession() {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> GWS.agent("alice").clientIds().isEmpty());
    }

    private IMSessionComponent component() {
        return camel.getComponent("imsession", IMSessionComponent.class);
    }

    @Test
    void theRoutesStopAndTheSessionEnds() throws Exception {
        addRoute("one");
        addRoute("two");
        component().leave();
        awaitNoSession();
        assertThat(camel.getRouteController().getRouteStatus("one")).isEqualTo(ServiceStatus.Stopped);
        assertThat(camel.getRouteController().getRouteStatus("two")).isEqualTo(ServiceStatus.Stopped);
    }

    @Test
    void aConsumerWithoutARouteStopsToo() throws Exception {
        Consumer consumer = camel.getEndpoint(uri).createConsumer(exchange -> { });
        consumer.start();
        assertThat(GWS.agent("alice").awaitSubscribers(1, ListeningRoute.PATIENCE)).isTrue();
        component().leave();
        awaitNoSession();
    }

    @Test
    void theStoppedRouteCannotGoOnWithTheOldClasses() throws Exception {
        addRoute("one");
        component().leave();
        assertThatThrownBy(() -> camel.getRouteController().startRoute("one")).hasMessage(
                "The component imsession is not started");
        awaitNoSession();
    }

    @Test
    void whoNamesTheComponentNextGetsAnotherOne() throws Exception {
        addRoute("one");
        IMSessionComponent old = component();
        old.leave();
        camel.removeRoute("one");
        addRoute("next");
        assertThat(component()).isNotSameAs(old);
        MockEndpoint next = camel.getEndpoint("mock:next", MockEndpoint.class);
        next.expectedMinimumMessageCount(1);
        GWS.agent("alice").session().says("Hello");
        next.assertIsSatisfied(ListeningRoute.PATIENCE.toMillis());
    }
}
