package org.imsession.camel.bench;

import java.util.List;
import org.apache.camel.Component;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;

/**
 * A route from camel-salesforce's streaming consumer that ends in the same counter, its body a {@code Map}, the
 * lightest form it has. It has no acknowledgement. Used by name only, since it is on the class path of the benchmarks
 * alone.
 */
final class SalesforceClient implements Contender {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Arrivals arrivals;

    SalesforceClient(String loginUrl, Arrivals arrivals) throws Exception {
        this.arrivals = arrivals;
        CamelSettings.apply(context);
        Component salesforce = context.getComponent("salesforce", true, false);
        PropertyBindingSupport.build().withTarget(salesforce).withCamelContext(context)
                .withProperty("loginUrl", loginUrl).withProperty("userName", "salesforce")
                .withProperty("password", ServerProcess.PASSWORD).withProperty("clientId", "bench")
                .withProperty("clientSecret", "bench").bind();
        context.start();
        HttpClient http = (HttpClient) salesforce.getClass().getMethod("getHttpClient").invoke(salesforce);
        // Salesforce calls the scheme OAuth, everybody else, and the simulator, Bearer
        http.getRequestListeners().addQueuedListener((Request request) -> request.headers(headers ->
                headers.put(HttpHeader.AUTHORIZATION, "Bearer " + ServerProcess.TOKEN)));
    }

    @Override
    public void follow(List<String> agents) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("salesforce:subscribe:/v2/me/im-sessions").process(exchange -> arrivals.arrived());
            }
        });
    }

    @Override
    public void close() {
        context.stop();
    }
}
