package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.imsession.camel.pages.Page;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * An alert on a meter that does not exist never fires, and nobody notices: what the dashboard and the rules name is
 * held against what the sample routes serve.
 */
class MonitoringFilesTest {

    private static final Logger LOG = LoggerFactory.getLogger(MonitoringFilesTest.class);
    private static final Path FILES = Path.of("routes/monitoring").toAbsolutePath();
    private static final Pattern METRIC = Pattern.compile("\\b((?:imsession|camel)_\\w+|up)\\b(?:\\{([^}]*)})?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    /** What Prometheus adds itself. */
    private static final Map<String, Map<String, Set<String>>> OF_PROMETHEUS = Map.of("up",
            Map.of("job", Set.of("imsession"), "instance", Set.of()));

    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    static Path folder;

    /** By meter, and by label, the values that there are. */
    private static final Map<String, Map<String, Set<String>>> SERVED = new HashMap<>(OF_PROMETHEUS);

    @BeforeAll
    static void scrape() throws Exception {
        try (Observed routes = new Observed(GWS, folder,
                Map.of("camel.component.imsession.meters-per-agent", "true"))) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.get("/observe/metrics").body()
                    .contains("state=\"live\",team=\"none\"} 1.0"));
            routes.get("/observe/metrics").body().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                MatchResult meter = Pattern.compile("^(\\w+)(?:\\{(.*)})? ").matcher(line).results().findFirst()
                        .orElseThrow();
                Map<String, Set<String>> labels = SERVED.computeIfAbsent(meter.group(1), name -> new HashMap<>());
                if (meter.group(2) != null) {
                    LABEL.matcher(meter.group(2)).results().forEach(label ->
                            labels.computeIfAbsent(label.group(1), name -> new HashSet<>()).add(label.group(3)));
                }
            });
        }
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(FILES.resolve("dashboard.json").toFile());
    }

    /** Each expression with what is said of its labels elsewhere: in a legend, or in the text of an alert. */
    private static Map<String, String> expressions(String file) throws IOException {
        Map<String, String> found = new HashMap<>();
        if (file.endsWith("json")) {
            dashboard().path("panels").forEach(panel -> panel.path("targets").forEach(target ->
                    found.put(target.path("expr").asText(), target.path("legendFormat").asText())));
        } else {
            for (Map<?, ?> rule : rules()) {
                found.put((String) rule.get("expr"), rule.get("annotations").toString());
            }
        }
        return found;
    }

    private static List<Map<?, ?>> rules() throws IOException {
        Map<?, ?> all = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(FILES.resolve("alerts.yml")));
        return ((List<?>) all.get("groups")).stream().flatMap(group -> ((List<?>) ((Map<?, ?>) group).get("rules"))
                .stream()).<Map<?, ?>>map(rule -> (Map<?, ?>) rule).toList();
    }

    private static Set<String> results(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = { "dashboard.json", "alerts.yml" })
    void everyMeterAndLabelThatIsNamedIsServed(String file) throws IOException {
        Map<String, String> expressions = expressions(file);
        assertThat(expressions).hasSizeGreaterThan(5);
        expressions.forEach((expression, said) -> {
            List<MatchResult> meters = METRIC.matcher(expression).results().toList();
            assertThat(meters).as(expression).isNotEmpty();
            Set<String> labels = new HashSet<>();
            for (MatchResult meter : meters) {
                assertThat(SERVED).as(expression).containsKey(meter.group(1));
                labels.addAll(SERVED.get(meter.group(1)).keySet());
                LABEL.matcher(meter.group(2) == null ? "" : meter.group(2)).results().forEach(label -> {
                    assertThat(SERVED.get(meter.group(1))).as(expression).containsKey(label.group(1));
                    if (label.group(2).endsWith("=") && !label.group(3).startsWith("$")) {
                        assertThat(SERVED.get(meter.group(1)).get(label.group(1))).as(expression)
                                .contains(label.group(3));
                    }
                });
            }
            Stream.of(results("\\bby \\(([^)]*)\\)", expression), results("\\$labels\\.(\\w+)", said),
                    results("\\{\\{(\\w+)}}", said)).forEach(named ->
                    assertThat(labels).as(expression + " " + said).containsAll(named));
        });
    }

    @Test
    void everyMeterOfOursIsShown() throws IOException {
        String shown = expressions("dashboard.json").keySet().toString() + expressions("alerts.yml").keySet();
        assertThat(SERVED.keySet().stream().filter(name -> name.startsWith("imsession_"))
                .filter(name -> !name.startsWith("imsession_agent_"))).hasSizeGreaterThan(9).allMatch(shown::contains);
    }

    @Test
    void everyLogCodeThatAnAlertNamesHasARemedy() throws IOException {
        String remedies = Page.manual("operating").section("Log codes");
        assertThat(results("(IMS-\\d{3})", rules().toString())).hasSizeGreaterThan(2)
                .allMatch(code -> remedies.contains("| `" + code + "` |"));
    }

    /** Grafana was not at hand: what can be held without it. */
    @Test
    void thePanelsOfTheDashboardLieBesideEachOther() throws IOException {
        Set<Integer> ids = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : dashboard().path("panels")) {
            assertThat(ids.add(panel.path("id").asInt())).as(panel.path("title").asText()).isTrue();
            assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = place.path("x").asInt(); x < place.path("x").asInt() + place.path("w").asInt(); x++) {
                for (int y = place.path("y").asInt(); y < place.path("y").asInt() + place.path("h").asInt(); y++) {
                    assertThat(taken.add(x + " " + y)).as(panel.path("title").asText()).isTrue();
                }
            }
        }
        assertThat(StreamSupport.stream(dashboard().path("templating").path("list").spliterator(), false)
                .map(variable -> variable.path("name").asText())).containsExactly("datasource", "route");
    }

    @ParameterizedTest
    @ValueSource(strings = { "check rules alerts.yml", "test rules alerts-test.yml", "check config prometheus.yml" })
    void promtoolTakesTheRules(String command) throws Exception {
        if (!Prometheus.has("promtool")) {
            assertThat(System.getenv("CI")).as(".ci/run installs it").isNull();
            LOG.warn("no promtool: {} is not run", command);
            return;
        }
        Process promtool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(command.split(" ")))
                .toList()).directory(FILES.toFile()).redirectErrorStream(true).start();
        String said = new String(promtool.getInputStream().readAllBytes());
        assertThat(promtool.waitFor()).as(said).isZero();
    }
}
