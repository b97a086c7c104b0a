package org.imsession.camel.bench;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Component;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.client.ClientSessionChannel.MessageListener;
import org.cometd.client.BayeuxClient;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;

/**
 * A route from camel-salesforce's streaming consumer that ends in the same counter, its body a {@code Map}, the
 * lightest form it has. It has no acknowledgement. Used by name only, since it is on the class path of the benchmarks
 * alone.
 *
 * <p>That of Camel 4.17.0 can subscribe more than once at its start (the race of CAMEL-23391): threads of a pool hear
 * that it shook hands, connected and subscribed, and one that is late subscribes again, at worst after each connect;
 * the route then gets each event so many times. Here it is connected before it has anything to subscribe to, and is
 * fed when its threads have heard that it has subscribed, so that its one subscription is measured.
 */
final class SalesforceClient implements Contender {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Arrivals arrivals;
    private final Object subscriptions;
    private final ThreadPoolExecutor listeners;

    SalesforceClient(String loginUrl, Arrivals arrivals) throws Exception {
        this.arrivals = arrivals;
        CamelSettings.apply(context);
        Component salesforce = context.getComponent("salesforce", true, false);
        PropertyBindingSupport.build().withTarget(salesforce).withCamelContext(context)
                .withProperty("loginUrl", loginUrl).withProperty("userName", "salesforce")
                .withProperty("password", ServerProcess.PASSWORD).withProperty("clientId", "bench")
                .withProperty("clientSecret", "bench").bind();
        context.start();
        HttpClient http = (HttpClient) get(salesforce, "getHttpClient");
        // Salesforce calls the scheme OAuth, everybody else, and the simulator, Bearer
        http.getRequestListeners().addQueuedListener((Request request) -> request.headers(headers ->
                headers.put(HttpHeader.AUTHORIZATION, "Bearer " + ServerProcess.TOKEN)));
        listeners = (ThreadPoolExecutor) get(http, "getWorkerPool");
        Class<?> config = Class.forName("org.apache.camel.component.salesforce.SalesforceEndpointConfig", true,
                salesforce.getClass().getClassLoader());
        Object first = config.getConstructor().newInstance(); // that of the first endpoint
        config.getMethod("setHttpClient", http.getClass()).invoke(first, http);
        salesforce.getClass().getMethod("setConfig", config).invoke(salesforce, first);
        subscriptions = get(salesforce, "getSubscriptionHelper");
        ServiceHelper.startService(subscriptions); // returns when it is connected
        awaitListeners();
    }

    private static Object get(Object from, String getter) throws ReflectiveOperationException {
        return from.getClass().getMethod(getter).invoke(from);
    }

    /** Until all that it has heard is taken in: when all its threads meet, none has anything left from before. */
    private void awaitListeners() throws Exception {
        CyclicBarrier meeting = new CyclicBarrier(listeners.getCorePoolSize());
        Callable<Integer> comes = () -> meeting.await(ServerProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        for (var each : listeners.invokeAll(Collections.nCopies(meeting.getParties(), comes))) {
            each.get();
        }
    }

    @Override
    public void follow(List<String> agents) throws Exception {
        CountDownLatch subscribed = new CountDownLatch(1);
        Field client = subscriptions.getClass().getDeclaredField("client");
        client.setAccessible(true);
        ((BayeuxClient) client.get(subscriptions)).getChannel(Channel.META_SUBSCRIBE)
                .addListener((MessageListener) (channel, reply) -> subscribed.countDown()); // called after its own
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("salesforce:subscribe:/v2/me/im-sessions").process(exchange -> arrivals.arrived());
            }
        });
        if (!subscribed.await(ServerProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("camel-salesforce has not subscribed");
        }
        awaitListeners();
    }

    @Override
    public void close() {
        context.stop();
    }
}
