package org.imsession.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedAgent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jar in a real Karaf, with a simulated GWS in this process and routes in XML. */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KarafIT {

    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String COMPONENT = "org.imsession.camel-imsession";
    private static final String HOST = "org.imsession.it.karaf";
    private static final String FEATURE = "camel-imsession";

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path HOME = TARGET.resolve("apache-karaf-" + System.getProperty("karaf.version"));
    private static final Path FOLDER = HOME.resolve("data/im");
    private static final Path JAR = TARGET.resolve("deploy/camel-imsession.jar");
    private static final Path HOST_JAR = TARGET.resolve(System.getProperty("host.jar"));

    private static Karaf karaf;

    private final SimulatedAgent alice = GWS.agent("alice");
    private final long failures = failures();

    @BeforeAll
    static void startAndInstallTheLibraries() throws Exception {
        StopWatch watch = new StopWatch();
        karaf = Karaf.start(HOME, TARGET.resolve("bundles"),
                Map.of("GWS_URL", GWS.url(), "GWS_PASSWORD", "secret", "IM_FOLDER", FOLDER.toString()));
        watch.tell("console", karaf);
        karaf.console().featureRepoAdd(TARGET.resolve("feature/camel.xml").toUri().toString());
        karaf.console().featureInstall("camel-core");
        watch.tell("camel-core", karaf);
        karaf.console().featureRepoAdd("mvn:org.imsession/camel-imsession/"
                + System.getProperty("imsession.version") + "/xml/features");
        karaf.console().featureInstall("camel-imsession-client");
        watch.tell("camel-imsession-client", karaf);
    }

    @AfterAll
    static void stop() throws Exception {
        if (karaf != null) {
            karaf.close();
        }
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        if (karaf.isRunning()) {
            karaf.undeploy(HOST_JAR);
            awaitBundle(HOST, "");
            karaf.undeploy(JAR);
            awaitBundle(COMPONENT, "");
        }
        assertThat(alice.clientIds()).isEmpty();
    }

    @Test
    @Order(1)
    void aDroppedJarDeliversTypedBodies() throws Exception {
        StopWatch watch = new StopWatch();
        deployJar();
        watch.tell("the jar in deploy/", karaf);
        deployRoute("typed", alice);
        watch.tell("the route", karaf);
        String session = alice.session().says("Hello").hears("Goodbye").id();
        awaitLines("typed", "state " + session, "text Hello", "text Goodbye");
    }

    @Test
    @Order(2)
    void convertersWorkThoughTheRouteNamesNoClass() throws Exception {
        deployJar();
        deployRoute("json", alice);
        alice.session().says("as JSON");
        awaitLine("json", "\"message\":\"as JSON\"");
    }

    @Test
    @Order(3)
    void healthAndJmxTellWhetherTheFeedLives() throws Exception {
        deployJar();
        deployRoute("json", alice);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(karaf.console().feedState()).isEqualTo("LIVE"));
        assertThat(karaf.console().healthy()).isTrue();
        GWS.stop();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(karaf.console().healthy()).isFalse());
        assertThat(karaf.console().feedState()).isNotEqualTo("LIVE");
        GWS.start();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(karaf.console().healthy()).isTrue());
    }

    @Test
    @Order(4)
    void theFeatureBringsTheJar() throws Exception {
        karaf.console().featureInstall(FEATURE);
        assertThat(karaf.console().bundleState(COMPONENT)).contains("Active");
        deployRoute("json", alice);
        alice.session().says("from the feature");
        awaitLine("json", "from the feature");
        karaf.console().featureUninstall(FEATURE);
        assertThat(alice.awaitSubscribers(0, PATIENCE)).isTrue();
    }

    /** The framework alone would leave the old consumer running, with classes that are gone. */
    @Test
    @Order(5)
    void removingTheJarEndsTheSessionAndStopsTheRoute() throws Exception {
        deployJar();
        deployRoute("json", alice);
        long told = karaf.logged("IMS-020");
        karaf.undeploy(JAR);
        awaitBundle(COMPONENT, "");
        assertThat(alice.clientIds()).isEmpty();
        assertThat(karaf.console().routeState("json")).isEqualTo("Stopped");
        assertThat(karaf.logged("IMS-020")).isEqualTo(told + 1);
    }

    @Test
    @Order(6)
    void aReplacedJarWorksAfterARestartOfTheRoutesBundle() throws Exception {
        deployJar();
        deployRoute("json", alice);
        karaf.undeploy(JAR);
        awaitBundle(COMPONENT, "");
        deployJar();
        karaf.console().bundleRestart(HOST);
        assertThat(alice.awaitSubscribers(1, PATIENCE)).isTrue();
        assertThat(alice.clientIds()).hasSize(1);
        alice.session().says("after the restart");
        awaitLine("json", "after the restart");
    }

    /** The bundle of such routes is wired to the component's, so the framework itself starts it again. */
    @Test
    @Order(7)
    void routesThatNameItsClassesGoOnByThemselvesWhenTheJarIsReplaced() throws Exception {
        deployJar();
        deployRoute("typed", alice);
        alice.session().says("before");
        awaitLines("typed", "text before");
        List<String> old = alice.clientIds();
        deployJar();
        await().atMost(PATIENCE).until(() -> alice.clientIds().size() == 1 && !alice.clientIds().equals(old));
        assertThat(alice.awaitSubscribers(1, PATIENCE)).isTrue();
        alice.session().says("after");
        awaitLines("typed", "text after");
    }

    @Test
    @Order(8)
    void withAStateRepositoryNothingIsMissedWhileTheJarIsReplaced() throws Exception {
        SimulatedAgent bob = GWS.agent("bob");
        deployJar();
        deployRoute("resumed", bob);
        bob.session().says("before it is replaced");
        awaitLine("resumed", "before it is replaced");
        List<String> session = bob.clientIds();
        karaf.undeploy(JAR);
        awaitBundle(COMPONENT, "");
        bob.session().says("while it is replaced");
        deployJar();
        karaf.console().bundleRestart(HOST);
        awaitLine("resumed", "while it is replaced");
        assertThat(bob.clientIds()).isEqualTo(session);
    }

    @Test
    @Order(9)
    void aLineEndsWhereTheFileEndpointIsToldTo() throws Exception {
        deployJar();
        deployRoute("lines", alice);
        alice.session().says("first").says("second");
        awaitLine("lines", "second");
        assertThat(Files.readString(FOLDER.resolve("lines.txt"))).matches("(\\{.*first.*\\}\n)(\\{.*second.*\\}\n)");
    }

    @Test
    @Order(10)
    void theEndOfKarafIsTheEndOfTheSession() throws Exception {
        deployJar();
        deployRoute("json", alice);
        karaf.close();
        assertThat(alice.clientIds()).isEmpty();
    }

    private void deployJar() throws IOException {
        karaf.deploy(JAR);
        awaitBundle(COMPONENT, "Active");
    }

    private void deployRoute(String route, SimulatedAgent agent) throws Exception {
        karaf.route(Path.of("src/test/routes", route + ".xml"));
        karaf.deploy(HOST_JAR);
        awaitBundle(HOST, "Active");
        assertThat(agent.awaitSubscribers(1, PATIENCE)).isTrue();
    }

    private void awaitBundle(String name, String state) {
        await(name + " to be '" + state + "'").atMost(PATIENCE)
                .failFast("see " + karaf.log(), () -> failures() > failures)
                .until(() -> karaf.console().bundleState(name).orElse("").equals(state));
    }

    private static long failures() {
        return karaf.logged("Error while starting bundle");
    }

    private static void awaitLines(String file, String... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(lines(file)).contains(expected));
    }

    private static void awaitLine(String file, String part) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(lines(file)).anyMatch(line -> line.contains(part)));
    }

    private static List<String> lines(String file) throws IOException {
        Path path = FOLDER.resolve(file + ".txt");
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }
}
