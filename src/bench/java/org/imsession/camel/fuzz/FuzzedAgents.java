package org.imsession.camel.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.gws.AnswerMemory;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.AgentDirectory;

/**
 * The process with the small heap: one route that follows a team, with the defaults but for shorter delays. Prints how it
 * is once a second, until its input ends.
 */
final class FuzzedAgents {

    private static final AtomicLong EXCHANGES = new AtomicLong();
    private static final Set<Object> MARKED = ConcurrentHashMap.newKeySet();

    private FuzzedAgents() {
    }

    /** @param args the address of the server, and how many agents */
    public static void main(String[] args) throws Exception {
        Map<String, AgentCredentials> agents = new LinkedHashMap<>();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            agents.put("agent-" + i, AgentCredentials.ofPassword("agent-" + i, "secret"));
        }
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.getRegistry().bind("team", AgentDirectory.of(agents));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("imsession:team?agents=#team&serverUrl=" + args[0] + "&reconnectDelay=50&reconnectDelayMax=1000"
                        + "&requestTimeout=5000&keepAlive=1000").routeId("team").process(FuzzedAgents::look);
            }
        });
        context.start();
        IMSessionConsumer consumer = (IMSessionConsumer) context.getRoute("team").getConsumer();
        Thread reporter = new Thread(() -> report(consumer));
        reporter.setDaemon(true);
        reporter.start();
        while (System.in.read() >= 0) {
            // nothing but the end of it is of interest
        }
        Runtime.getRuntime().halt(0);
    }

    private static void look(Exchange exchange) {
        EXCHANGES.incrementAndGet();
        if (exchange.getIn().getBody() instanceof IMLogUpdateMessage text && text.message().equals(HostileServer.MARK)) {
            MARKED.add(exchange.getIn().getHeader(IMSessionConstants.AGENT));
        }
    }

    private static void report(IMSessionConsumer consumer) {
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (!never.await(1, TimeUnit.SECONDS)) {
                System.out.println(new Report(consumer.getLiveAgents(), MARKED.size(), EXCHANGES.get(), peak(),
                        AnswerMemory.OF_THIS_JVM.used()).line());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The most that each part of the heap has held, garbage included. */
    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage).mapToLong(usage -> usage.getUsed()).sum();
    }
}
