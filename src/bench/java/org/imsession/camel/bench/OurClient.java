package org.imsession.camel.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.model.IMSessionStateChangeMessage;

/**
 * A route from {@code imsession:} that ends in a counter; options as they are by default, but for the pace of logins.
 * Many agents are followed by one endpoint with a file of agents, or, with {@code -Dbench.routes=true}, by a route for
 * each.
 */
final class OurClient implements Contender {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final String url;
    private final Arrivals arrivals;

    OurClient(String url, Arrivals arrivals) {
        this.url = url;
        this.arrivals = arrivals;
        CamelSettings.apply(context);
        context.getComponent("imsession", IMSessionComponent.class).setLoginsPerSecond(Pace.PER_SECOND);
        context.start();
    }

    @Override
    public void follow(List<String> agents) throws Exception {
        if (agents.size() > 1 && !Boolean.getBoolean("bench.routes")) {
            route("team?agents=file:" + file(agents));
            return;
        }
        for (String agent : agents) {
            route(agent + "?password=" + ServerProcess.PASSWORD);
        }
    }

    private void route(String agents) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("imsession:" + agents + "&serverUrl=" + url).process(exchange -> {
                    if (exchange.getMessage().getBody() instanceof IMSessionStateChangeMessage event) {
                        arrivals.arrived(event); // not the gap that a restarted server leaves
                    }
                });
            }
        });
    }

    private static Path file(List<String> agents) throws Exception {
        Path file = Files.createTempFile(Bench.FOLDER, "agents", ".properties",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        file.toFile().deleteOnExit();
        return Files.write(file, agents.stream().map(each -> each + "=" + ServerProcess.PASSWORD).toList());
    }

    @Override
    public void close() {
        context.stop();
    }
}
