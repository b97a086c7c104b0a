package org.imsession.camel.crash;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.store.FilePositionRepository;

/** A process whose disk gets full: prints the texts that it hears, its gaps, and whether it can be resumed. */
final class DiskUser {

    private static final int LOOK_MILLIS = 50;

    private DiskUser() {
    }

    /**
     * @param args address of the server, folder of the repository
     */
    public static void main(String[] args) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("state", new FilePositionRepository(Path.of(args[1])));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("imsession:alice?serverUrl=" + args[0] + "&password=secret&reconnectDelay=50&keepAlive=500"
                        + "&stateRepository=#state").routeId("disk").process(exchange -> {
                            if (exchange.getIn().getBody() instanceof IMLogUpdateMessage text) {
                                System.out.println("HEARD " + text.message());
                            } else if (exchange.getIn().getBody() instanceof FeedGap) {
                                System.out.println("GAP");
                            }
                        });
            }
        });
        context.start();
        Executors.newSingleThreadScheduledExecutor().scheduleWithFixedDelay(() ->
                System.out.println("RESUMABLE " + isResumable(context)), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        new CountDownLatch(1).await();
    }

    private static boolean isResumable(CamelContext context) {
        return ((IMSessionConsumer) context.getRoute("disk").getConsumer()).isResumable();
    }
}
