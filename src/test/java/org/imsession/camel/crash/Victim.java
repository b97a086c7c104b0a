package org.imsession.camel.crash;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.CrashingRepository;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;

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
     * @param args address of the server, folder, kill point, how often to pass it
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
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("state", repository);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("imsession:alice?serverUrl=" + args[0] + "&password=secret&reconnectDelay=50&keepAlive=500"
                        + "&stateRepository=#state").process(exchange -> {
                            if (point == KillPoint.BEFORE_THE_ROUTE_ENDED) {
                                pass(passes);
                            }
                            note(folder.resolve("journal"), exchange);
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

    /** One line for each exchange: kind, sequence, redelivered, text or gap. */
    private static void note(Path journal, Exchange exchange) throws Exception {
        Object body = exchange.getIn().getBody();
        String what = body instanceof IMLogUpdateMessage text ? "TEXT\t" + text.message()
                : body instanceof FeedGap gap ? "GAP\t" + gap.from() + "\t" + gap.to() : "OTHER\t";
        String line = what + "\t" + exchange.getIn().getHeader(IMSessionConstants.SEQUENCE) + "\t"
                + exchange.getIn().getHeader(IMSessionConstants.REDELIVERED) + "\n";
        Files.write(journal, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
