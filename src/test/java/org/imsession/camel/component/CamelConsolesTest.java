package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.main.Main;
import org.imsession.camel.spi.AgentCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Camel itself shows passwords (the page Security), and the ways to give one in which it does not. */
class CamelConsolesTest {

    private static final String SECRET = "pw-4f9c2a";

    @TempDir
    Path folder;

    @Test
    void showNoPasswordThatABeanGives() throws Exception {
        assertThat(shownIn("imsession:alice?serverUrl=http://127.0.0.1:1&credentials=#creds", null)).isEmpty();
    }

    @Test
    void showNoPasswordThatAFileOfAgentsHolds() throws Exception {
        Path agents = Files.createFile(folder.resolve("agents.properties"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(agents, "alice=" + SECRET + "\n");
        assertThat(shownIn("imsession:team?serverUrl=http://127.0.0.1:1&agents=file:" + agents, null)).isEmpty();
    }

    @Test
    void showAPropertyThatIsNamedInTheConsoleOfPropertiesOnly() throws Exception {
        assertThat(shownIn("imsession:alice?serverUrl=http://127.0.0.1:1&password=#property:alice.password",
                "alice.password")).containsExactly("properties");
    }

    @Test
    void showAPasswordOfTheComponentInTheirOwnConsolesOnly() throws Exception {
        assertThat(shownIn("imsession:alice?serverUrl=http://127.0.0.1:1",
                "camel.component.imsession.configuration.password"))
                .containsExactlyInAnyOrder("properties", "main-configuration");
    }

    @Test
    void showWhatAPlaceholderStandsForWhereverTheyShowARoute() throws Exception {
        assertThat(shownIn("imsession:alice?serverUrl=http://127.0.0.1:1&password={{alice.password}}",
                "alice.password")).contains("properties", "endpoint", "route-dump", "dumpRouteAsXml");
    }

    /** The consoles of Camel, and the dump of a route by JMX, in which the password stands. */
    private static List<String> shownIn(String uri, String property) throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.main.auto-startup", "false");
        main.addInitialProperty("camel.main.dev-console-enabled", "true");
        if (property != null) {
            main.addInitialProperty(property, SECRET);
        }
        main.bind("creds", AgentCredentials.ofPassword("alice", SECRET));
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("consoles").to("mock:end");
            }
        });
        main.start();
        try {
            List<String> shown = new ArrayList<>();
            DevConsoleRegistry.get(main.getCamelContext()).stream().filter(CamelConsolesTest::shows)
                    .forEach(console -> shown.add(console.getId()));
            if (dump(main.getCamelContext().getManagementName()).contains(SECRET)) {
                shown.add("dumpRouteAsXml");
            }
            return shown;
        } finally {
            main.stop();
        }
    }

    private static boolean shows(DevConsole console) {
        return List.of(DevConsole.MediaType.TEXT, DevConsole.MediaType.JSON).stream().anyMatch(type ->
                String.valueOf(console.call(type, Map.of())).contains(SECRET));
    }

    private static String dump(String context) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName route = server.queryNames(new ObjectName("org.apache.camel:context=" + context
                + ",type=routes,name=\"consoles\""), null).iterator().next();
        return String.valueOf(server.invoke(route, "dumpRouteAsXml", new Object[] {true},
                new String[] {"boolean"}));
    }
}
