package org.imsession.camel.component;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Route;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheckHelper;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.IMSessionEndpoint;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.gws.AgentCredentials;
import org.imsession.camel.gws.Credential;
import org.imsession.camel.model.IMLogUpdateMessage;

/**
 * A process that listens for three agents until its input ends, and then shows everything that can be seen of it
 * without looking at a message. What is done to it meanwhile is the business of whoever has started it. Arguments: the
 * address of the server, a password, a wrong password, a token, and whether the passwords stand in URIs.
 */
final class FullLife {

    private final ListeningRoute route = ListeningRoute.prepared(true);
    private final PrintStream out = System.out;

    private FullLife() {
    }

    public static void main(String[] arguments) throws Exception {
        boolean inUris = Boolean.parseBoolean(arguments[4]);
        new FullLife().live(arguments[0], arguments[1], arguments[2], arguments[3], inUris);
        System.exit(0);
    }

    private void live(String server, String password, String wrong, String token, boolean inUris) throws Exception {
        AgentCredentials tokens = agent -> CompletableFuture.completedFuture(new Credential.BearerToken(token));
        route.with(context -> {
            context.getRegistry().bind("tokens", tokens);
            context.getRegistry().bind("typo", AgentCredentials.ofPassword("carol", wrong));
            context.getComponent("imsession", IMSessionComponent.class).getConfiguration().setPassword(password);
        });
        route.add("alice", ListeningRoute.uri(server, "alice", "password=" + (inUris ? password : ""),
                        "maxMessageSize=100000", "invalidMessages=exceptionHandler"), exchange -> {
                    if (exchange.getIn().getBody() instanceof IMLogUpdateMessage text && text.message().endsWith("!")) {
                        throw new IllegalStateException("the sink is down");
                    }
                })
                .add("bob", ListeningRoute.uri(server, "bob", "password=", "credentials=#tokens"))
                .add("carol", ListeningRoute.uri(server, "carol", inUris ? "password=" + wrong : "password=",
                        inUris ? "credentials=" : "credentials=#typo"))
                .start();
        show();
        awaitEndOfInput();
        show();
        route.errors().forEach(error -> error.printStackTrace(out));
        route.close();
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // go on listening
        }
    }

    private void show() throws JMException {
        out.println(route.console(DevConsole.MediaType.TEXT));
        out.println(route.console(DevConsole.MediaType.JSON));
        HealthCheckHelper.invoke(route.context()).forEach(result -> out.println(result + " " + result.getDetails()
                + " " + result.getMessage() + " " + result.getError()));
        IMSessionComponent component = route.context().getComponent("imsession", IMSessionComponent.class);
        out.println(component + " " + component.getConfiguration());
        for (Route each : route.context().getRoutes()) {
            IMSessionEndpoint endpoint = (IMSessionEndpoint) each.getEndpoint();
            out.println(each + " " + each.getConsumer() + " " + endpoint + " " + endpoint.getConfiguration() + " "
                    + endpoint.getConfiguration().getCredentials() + " " + endpoint.getServiceUrl() + " "
                    + endpoint.getServiceMetadata());
        }
        showBeans();
    }

    /** Everything under Camel's domain that is not Camel's own copy of a route's source. */
    private void showBeans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            out.println(name);
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                try {
                    Object value = server.getAttribute(name, attribute.getName());
                    out.println("  " + attribute.getName() + "="
                            + (value instanceof Object[] array ? Arrays.deepToString(array) : value));
                } catch (JMException | RuntimeException e) {
                    out.println("  " + attribute.getName() + " cannot be read");
                }
            }
        }
    }
}
