package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Prometheus that scrapes the sample routes answers each question of the dashboard, and evaluates the alerts. */
class DashboardTest {

    private static final Logger LOG = LoggerFactory.getLogger(DashboardTest.class);
    private static final Path FILES = Path.of("routes/monitoring").toAbsolutePath();
    /** Of who is live already, this panel is to show nothing. */
    private static final String WHO_IS_SILENT = "imsession_agent_silent_age_seconds";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;

    /** As Grafana does, for all routes and a range of 30 s. */
    private static List<String> expressions() throws Exception {
        List<String> found = new ArrayList<>();
        JsonNode dashboard = new ObjectMapper().readTree(FILES.resolve("dashboard.json").toFile());
        dashboard.path("panels").forEach(panel -> panel.path("targets").forEach(target -> found.add(
                target.path("expr").asText().replace("$__rate_interval", "30s").replace("$__range", "30s")
                        .replace("$route", ".+"))));
        return found;
    }

    @Test
    void everyPanelHasData() throws Exception {
        if (!Prometheus.has("prometheus")) {
            assertThat(System.getenv("CI")).as(".ci/run installs it").isNull();
            LOG.warn("no prometheus: the dashboard is not evaluated");
            return;
        }
        List<String> expressions = expressions();
        assertThat(expressions).hasSizeGreaterThan(10).noneMatch(each -> each.contains("$"));
        try (Observed routes = new Observed(gws, folder, Map.of("camel.component.imsession.meters-per-agent", "true"));
             Prometheus prometheus = new Prometheus(FILES.resolve("prometheus.yml"), routes.port(), folder)) {
            assertThat(gws.agent("alice").awaitSubscribed(SampleRoutes.PATIENCE)).isTrue();
            await().atMost(SampleRoutes.PATIENCE).untilAsserted(() -> assertThat(
                    prometheus.query("sum(imsession_agents{state=\"live\"})").findPath("value").path(1).asText())
                    .isEqualTo("1"));
            await().atMost(SampleRoutes.PATIENCE).untilAsserted(() -> {
                for (String expression : expressions) {
                    assertThat(prometheus.query(expression).isEmpty()).as(expression)
                            .isEqualTo(expression.contains(WHO_IS_SILENT));
                }
            });
            assertThat(prometheus.get("label/route/values?match%5B%5D=imsession_agents")).extracting(JsonNode::asText)
                    .containsExactly("im-agent");
            await().atMost(SampleRoutes.PATIENCE).untilAsserted(() -> assertThat(prometheus.get("rules")
                    .findValuesAsText("health")).hasSizeGreaterThan(5).containsOnly("ok"));
            gws.stop();
            await().atMost(SampleRoutes.PATIENCE).untilAsserted(() -> assertThat(
                    prometheus.query(WHO_IS_SILENT + " > 0")).singleElement().extracting(
                            each -> each.path("metric").path("agent").asText()).isEqualTo("alice"));
        }
    }
}
