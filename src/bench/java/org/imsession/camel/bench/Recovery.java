package org.imsession.camel.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.SimulatedAgent;
import org.imsession.simulator.TcpProxy;
import org.imsession.simulator.settings.GwsSettings;

/**
 * How long after the server answers again a feed is LIVE, with the default options: {@code bench.feeds} (10) agents,
 * each in a context of its own as if it were alone, behind a proxy that refuses connections for {@code bench.seconds}
 * (6) seconds, {@code bench.runs} times.
 */
final class Recovery implements Bench.Subject {

    private static final String SAME = "connections only, the session lives on";
    private static final String RESTARTED = "the server forgot login and session";
    /** A feed that was live for less counts as one that comes and goes. */
    private static final long STABLE_MILLIS = 11_000;
    private static final long GIVING_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final int agents = Integer.getInteger("bench.feeds", 10);
    private final int seconds = Bench.seconds(6);

    @Override
    public Table measure() throws Exception {
        Table table = new Table("recovery", "outage of " + seconds + " s", "outages", "median, s", "p90, s",
                "longest, s");
        GwsServer gws = GwsServer.create(GwsSettings.defaults());
        for (int i = 0; i < agents; i++) {
            gws.agent("agent-" + i, "secret");
        }
        gws.start();
        for (String what : List.of(SAME, RESTARTED)) {
            List<Double> late = measure(gws, what);
            table.row(what, late.size(), at(late, 0.5), at(late, 0.9), at(late, 1));
        }
        gws.close();
        return table;
    }

    private List<Double> measure(GwsServer gws, String what) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<List<Double>>> all = new ArrayList<>();
        for (int i = 0; i < agents; i++) {
            SimulatedAgent agent = gws.agent("agent-" + i);
            all.add(threads.submit(() -> outages(gws, agent, what)));
        }
        List<Double> late = new ArrayList<>();
        for (Future<List<Double>> each : all) {
            late.addAll(each.get());
        }
        threads.shutdown();
        return late.stream().sorted().toList();
    }

    private List<Double> outages(GwsServer gws, SimulatedAgent agent, String what) throws Exception {
        List<Double> late = new ArrayList<>();
        try (TcpProxy proxy = TcpProxy.to(gws.port()); DefaultCamelContext context = new DefaultCamelContext()) {
            CamelSettings.apply(context);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("imsession:" + agent.name() + "?password=secret&serverUrl=" + proxy.url()).routeId("feed")
                            .to("mock:nowhere?retainFirst=0");
                }
            });
            context.start();
            IMSessionConsumer consumer = (IMSessionConsumer) context.getRoute("feed").getConsumer();
            awaitLive(consumer);
            for (int run = 0; run < Bench.runs(); run++) {
                Thread.sleep(STABLE_MILLIS);
                proxy.refuse();
                proxy.endConnections(true);
                if (what.equals(RESTARTED)) {
                    agent.dropBayeuxSession();
                    agent.expireHttpSession();
                }
                Thread.sleep(seconds * 1000L);
                proxy.acceptAgain();
                long back = System.nanoTime();
                awaitLive(consumer);
                late.add((System.nanoTime() - back) / 1e9);
            }
        }
        return late;
    }

    private static void awaitLive(IMSessionConsumer consumer) throws InterruptedException {
        long until = System.nanoTime() + GIVING_UP_NANOS;
        while (!consumer.getFeedState().equals("LIVE")) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("not LIVE within a minute, but " + consumer.getFeedState());
            }
            Thread.sleep(5);
        }
    }

    private static String at(List<Double> sorted, double share) {
        return "%.2f".formatted(sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1)));
    }
}
