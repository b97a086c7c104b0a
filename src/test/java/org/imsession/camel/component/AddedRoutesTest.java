package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that are added to a context that runs already, as applications do that learn of agents later. */
class AddedRoutesTest {

    private static final List<String> AGENTS = List.of("direct", "one", "address", "cookie", "turn");

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create();

    /**
     * Whoever turns the checks on, before the routes or behind them, finds the check of each. With Camel's own exposure,
     * which is not {@code full}, one that is UP stands for all.
     */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void eachHasItsReadinessCheck(boolean first) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.start();
            HealthCheckRegistry registry = HealthCheckRegistry.get(context);
            if (first) {
                registry.register(registry.resolveById("consumers"));
            }
            for (String agent : AGENTS) {
                gws.agent(agent, "secret");
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(ListeningRoute.uri(gws, agent, "exceptionHandler=")).routeId(agent).log("${body}");
                    }
                });
            }
            if (!first) {
                registry.register(registry.resolveById("consumers"));
            }
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(HealthCheckHelper.invokeReadiness(context, "full"))
                            .filteredOn(each -> each.getCheck().getId().startsWith("consumer:"))
                            .filteredOn(each -> each.getState() == HealthCheck.State.UP)
                            .extracting(each -> each.getDetails().get("agent"), each -> each.getCheck().getId())
                            .containsExactlyInAnyOrderElementsOf(AGENTS.stream().map(agent ->
                                    tuple(agent, "consumer:" + agent)).toList()));
            assertThat(HealthCheckHelper.invokeReadiness(context)).extracting(HealthCheck.Result::getState)
                    .containsExactly(HealthCheck.State.UP);
        }
    }
}
