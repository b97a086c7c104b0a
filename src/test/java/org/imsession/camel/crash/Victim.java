package org.imsession.camel.crash;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.store.CrashingRepository;

/**
 * The process that is killed: one route that writes what it gets into a file, and that stands still, having said so,
 * when it reaches its kill point for the n-th time.
 */
final class Victim {

    /** What is printed when the process waits to be killed. */
    static final String READY = "KILL ME";

    private Victim() {
    }

    /**
     * @param args address of the server, folder, kill point, how often to pass it, more options of the endpoint
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        KillPoint point = KillPoint.valueOf(args[2]);
        AtomicInteger passes = new AtomicInteger(Integer.parseInt(args[3]));
        CrashingRepository repository = new CrashingRepository(folder, moment -> {
            if (point.isAt(moment)) {
                pass(passes);
            }
        });
        Journal journal = new Journal(folder.resolve("journal"));
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("state", repository);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("imsession:alice?serverUrl=" + args[0] + "&password=secret&reconnectDelay=50&keepAlive=500"
                        + "&stateRepository=#state" + args[4]).process(exchange -> {
                            if (point == KillPoint.BEFORE_THE_ROUTE_ENDED) {
                                pass(passes);
                            }
                            journal.note(exchange);
                        });
            }
        });
        context.start();
        new CountDownLatch(1).await();
    }

    private static void pass(AtomicInteger passes) {
        if (passes.getAndDecrement() == 1) {
            System.out.println(READY);
            System.out.flush();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
