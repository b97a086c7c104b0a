package org.imsession.camel.bench;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.model.IMSessionStateChangeMessage;

/** A route from {@code imsession:} that ends in a counter; options as they are by default. */
final class OurClient implements Contender {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final String url;
    private final Arrivals arrivals;

    OurClient(String url, Arrivals arrivals) {
        this.url = url;
        this.arrivals = arrivals;
        CamelSettings.apply(context);
        context.start();
    }

    @Override
    public void follow(String agent) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("imsession:" + agent + "?serverUrl=" + url + "&password=" + ServerProcess.PASSWORD)
                        .process(exchange -> arrivals.arrived(
                                exchange.getMessage().getBody(IMSessionStateChangeMessage.class)));
            }
        });
    }

    @Override
    public void close() {
        context.stop();
    }
}
