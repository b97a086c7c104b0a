package org.imsession.camel.component;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheckHelper;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionEndpoint;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;

/**
 * A process that listens for three agents until its input ends, lets one of them act at each line of it, and then shows
 * everything that can be seen of it without looking at a message. What is done to it meanwhile is the business of
 * whoever has started it. Arguments: the address of the server, a password, a wrong password, a token, and whether the
 * passwords stand in URIs.
 */
final class FullLife {

    /** What an event says of itself is its own business, as its body is. */
    private static final Set<String> AS_SENT = Set.of(IMSessionConstants.MESSAGE_TYPE,
            IMSessionConstants.NOTIFICATION_TYPE, IMSessionConstants.ID, IMSessionConstants.PATH,
            IMSessionConstants.FILE_NAME);

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
        String alice = ListeningRoute.uri(server, "alice", "password=" + (inUris ? password : ""),
                "maxMessageSize=100000");
        route.add("alice", alice + "&invalidMessages=exceptionHandler&startContactCenterSession=true", exchange -> {
                    if (exchange.getIn().getBody() instanceof IMLogUpdateMessage text && text.message().endsWith("!")) {
                        throw new IllegalStateException("the sink is down");
                    }
                })
                .add("bob", ListeningRoute.uri(server, "bob", "password=", "credentials=#tokens",
                        "invalidMessages=exceptionHandler"))
                .add("carol", ListeningRoute.uri(server, "carol", inUris ? "password=" + wrong : "password=",
                        inUris ? "credentials=" : "credentials=#typo", "invalidMessages=exceptionHandler"))
                .start();
        show();
        awaitEndOfInput(alice);
        show();
        route.errors().forEach(error -> error.printStackTrace(out));
        for (String agent : List.of("alice", "bob", "carol")) {
            route.inbox(agent).rest().forEach(this::show);
        }
        route.close();
    }

    private void awaitEndOfInput(String alice) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ProducerTemplate template = route.context().createProducerTemplate()) {
            while (in.readLine() != null) {
                for (String operation : List.of("initiate&destination=5002", "sendMessage&sessionId=1",
                        "sendMessage&sessionId=1&destination=5002", "complete&sessionId=1", "listSessions",
                        "getSession&sessionId=1", "listDevices")) {
                    Exchange done = template.send(alice + "&operation=" + operation, exchange -> { });
                    if (done.getException() != null) {
                        done.getException().printStackTrace(out);
                    }
                }
            }
        }
    }

    /** What is said beside the message itself. */
    private void show(Exchange exchange) {
        Map<String, Object> headers = new TreeMap<>(exchange.getIn().getHeaders());
        headers.keySet().removeAll(AS_SENT);
        out.println(headers);
        if (exchange.getIn().getBody() instanceof FeedGap gap) {
            out.println(gap.detail() + " " + gap);
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
