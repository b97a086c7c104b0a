package org.imsession.camel.component;

import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;

/**
 * A process of Camel Main that follows alice at a simulator of its own, acts for her and stops. Arguments: her password;
 * the options of the endpoint that follows and of the one that acts; and perhaps a property and its value.
 */
final class DebuggedMain {

    private DebuggedMain() {
    }

    public static void main(String[] arguments) throws Exception {
        try (GwsServer gws = GwsSimulator.create().agent("alice", arguments[0]).start()) {
            Main main = new Main();
            if (arguments.length > 3) {
                main.addInitialProperty(arguments[3], arguments[4]);
            }
            String endpoint = "imsession:alice?serverUrl=" + gws.url() + "&";
            main.bind("vault", AgentCredentials.ofPassword("alice", arguments[0]));
            main.configure().addRoutesBuilder(new RouteBuilder() {
                @Override
                public void configure() {
                    from(endpoint + arguments[1]).routeId("debugged").to("mock:end");
                    from("direct:act").to(endpoint + arguments[2] + "&operation=listSessions");
                }
            });
            main.start();
            if (!gws.awaitRequest(Step.SNAPSHOT, 1, Duration.ofSeconds(60))) {
                throw new IllegalStateException("alice is not followed");
            }
            main.getCamelContext().createProducerTemplate().requestBody("direct:act", "");
            main.stop();
        }
        System.exit(0);
    }
}
