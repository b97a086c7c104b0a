package org.imsession.camel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.cometd.client.BayeuxClient;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.eclipse.jetty.client.HttpClient;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.settings.GwsSettings;

/**
 * From publishing on the server to the text in the live page, which headless Chromium shows, while other clients
 * listen. A MutationObserver in the page says when each text came; both clocks are this machine's. Also how long the
 * page takes to show all after it was opened, how much of a second it is busy, its heap at the end, and how many
 * messages wait for pages. Properties: {@code bench.agents} (50,1000), whose conversations run; {@code bench.rate}
 * (100) events a second of all of them, for {@code bench.seconds} (30); {@code bench.runs} openings (5);
 * {@code bench.pages} (9) other clients; {@code bench.goals} (true), whether to fail if a goal is missed. Fails if the
 * last texts do not come.
 */
final class Screen implements Bench.Subject {

    private static final int MANY = 1000;
    private static final double MEGABYTE = 1e6;
    private static final int PATIENCE_SECONDS = 120;
    private static final Goal P50 = Goal.atMost(50);
    private static final Goal P99 = Goal.atMost(250);
    private static final Goal CHANGE = Goal.atMost(200);
    private static final Goal PAINT = Goal.atMost(1000);
    private static final Goal HEAP = Goal.atMost(100);
    private static final Goal GROWTH = Goal.atMost(1);
    /** Each text is known by when it was published, in nanoseconds, with which it begins. */
    private static final String OBSERVER = """
            window.seen = new Map();
            new MutationObserver(records => {
              const now = performance.timeOrigin + performance.now();
              for (const each of records) {
                for (const node of each.type === 'characterData' ? [each.target] : each.addedNodes) {
                  for (const found of node.textContent.matchAll(/(\\d{9,}) Thank you/g)) {
                    if (!seen.has(found[1])) seen.set(found[1], now);
                  }
                }
              }
              if (!window.shown && document.querySelector('#conversations .row')) {
                requestAnimationFrame(() => setTimeout(() => { window.shown = window.shown || performance.now(); }, 0));
              }
            }).observe(document, { childList: true, characterData: true, subtree: true });
            """;

    private final int pages = Integer.getInteger("bench.pages", 9);
    private final int seconds = Bench.seconds(30);
    private final int rate = Integer.getInteger("bench.rate", 100);
    private final int warmUp = Math.min(15, Integer.getInteger("bench.warmUp", 15));
    private final List<Chats> chats = new ArrayList<>();
    private final List<Text> texts = new ArrayList<>();
    private final Medians medians = new Medians();
    private int next;

    /** A text by when it was published, in nanoseconds. */
    private record Text(int agent, long sent) {
    }

    @Override
    public Table measure() throws Exception {
        Table table = new Table("screen", "agents, events/s", "texts", "p50, ms", "p99, ms", "most, ms",
                "opened until painted, ms", "until all rows are there, ms", "page busy, ms/s", "page heap, MB",
                "after a collection, MB", "waiting for a page: first third", "last third", "most");
        for (String agents : System.getProperty("bench.agents", "50,1000").split(",")) {
            measure(Integer.parseInt(agents), table);
        }
        table.note("One Chromium and " + pages + " other clients, " + seconds + " s after " + warmUp
                + " s to warm up; " + Bench.runs() + " openings. Server, routes, clients and browser share the"
                + " machine.");
        if (Boolean.parseBoolean(System.getProperty("bench.goals", "true"))
                && table.markdown().contains("| missed |")) {
            throw new IllegalStateException("Short of a goal:\n" + table.markdown());
        }
        return table;
    }

    private void measure(int agents, Table table) throws Exception {
        List<String> names = IntStream.range(0, agents).mapToObj(i -> "agent" + i).toList();
        chats.clear();
        names.forEach(name -> chats.add(new Chats(name)));
        Path folder = Files.createTempDirectory(Files.createDirectories(Bench.FOLDER), "screen");
        GwsServer gws = GwsServer.create(GwsSettings.defaults().withRecordedRequests(0)
                .withMaxInterval(Duration.ofMinutes(1))); // a session that is lost to a busy machine measures nothing
        names.forEach(name -> gws.agent(name, ServerProcess.PASSWORD));
        int port = freePort();
        gws.start();
        HttpClient http = new HttpClient();
        http.setMaxConnectionsPerDestination(4 * pages);
        http.start();
        List<BayeuxClient> others = new ArrayList<>();
        try (ChildProcess routes = new ChildProcess("screen", List.of("-Xmx512m"), ScreenProcess.class, gws.url(),
                String.valueOf(agents), folder.toString(), String.valueOf(port));
                Chromium browser = new Chromium(folder.resolve("browser"))) {
            await("all agents are followed", () -> names.stream().allMatch(each -> gws.agent(each).subscribers() > 0));
            publish(gws, names, 3 * agents, Math.max(rate, agents)); // a text of each
            for (int i = 0; i < pages; i++) {
                others.add(listen(http, port));
            }
            browser.tell("Page.addScriptToEvaluateOnNewDocument", Map.of("source", OBSERVER));
            for (int i = 0; i < Bench.runs(); i++) {
                open(browser, port, agents);
            }
            browser.value("document.querySelector('#conversations .row').click()");
            texts.clear();
            publish(gws, names, rate * warmUp, rate);
            times(browser);
            texts.clear();
            browser.value("seen.clear()");
            Waiting waiting = new Waiting(routes);
            double busy = busyMillis(browser);
            publish(gws, names, rate * seconds, rate);
            busy = (busyMillis(browser) - busy) / seconds;
            waiting.close();
            double[] late = times(browser);
            double heap = heap(browser);
            browser.tell("HeapProfiler.collectGarbage", Map.of());
            String name = agents + " agents: ";
            double collected = heap(browser);
            table.row(agents + ", " + rate, late.length, "%.0f".formatted(at(late, 0.5)),
                    "%.0f".formatted(at(late, 0.99)), "%.0f".formatted(late[late.length - 1]),
                    medians.text("painted " + agents), medians.text("shown " + agents), "%.0f".formatted(busy),
                    "%.0f".formatted(heap), "%.0f".formatted(collected), "%.2f".formatted(waiting.first()),
                    "%.2f".formatted(waiting.last()), "%.0f".formatted(waiting.most()));
            goal(table, name + "p50, ms", P50, at(late, 0.5));
            goal(table, name + "p99, ms", agents >= MANY ? CHANGE : P99, at(late, 0.99));
            table.goal(name + "all rows painted, ms", PAINT, medians.spread("shown " + agents));
            goal(table, name + "page heap, MB", HEAP, heap);
            goal(table, name + "messages more that wait for a page at the end", GROWTH,
                    waiting.last() - waiting.first());
        } finally {
            others.forEach(BayeuxClient::abort); // their server is gone
            http.stop();
            gws.stop();
        }
    }

    private static void goal(Table table, String what, Goal goal, double value) {
        table.goal(what, goal, Spread.of(List.of(value)));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static BayeuxClient listen(HttpClient http, int port) {
        BayeuxClient client = new BayeuxClient("http://127.0.0.1:" + port + "/cometd",
                new JettyHttpClientTransport(null, http));
        client.handshake(reply -> client.getChannel("/im/live").subscribe((channel, message) -> { }));
        if (!client.waitFor(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS), BayeuxClient.State.CONNECTED)) {
            throw new IllegalStateException("A client is not connected");
        }
        return client;
    }

    private void open(Chromium browser, int port, int agents) throws Exception {
        browser.tell("Page.navigate", Map.of("url", "http://127.0.0.1:" + port + "/"));
        await("the page shows " + agents + " conversations", () -> browser.value("window.shown > 0").asBoolean()
                && browser.value("document.querySelectorAll('#conversations .row').length").asInt() >= agents
                && browser.value("performance.getEntriesByName('first-contentful-paint').length").asInt() > 0);
        medians.add("painted " + agents,
                browser.value("performance.getEntriesByName('first-contentful-paint')[0].startTime").asDouble());
        medians.add("shown " + agents, browser.value("window.shown").asDouble());
    }

    /** Lets the agents chat in turn, at a steady pace. */
    private void publish(GwsServer gws, List<String> names, int events, int perSecond) {
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long due = System.nanoTime();
        for (int i = 0; i < events; i++) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            int agent = next++ % names.size();
            String event = chats.get(agent).next();
            if (event.contains("IMLogUpdateMessage")) {
                texts.add(new Text(agent, Long.parseLong(event.replaceFirst("(?s).*\"message\":\"(\\d+) .*", "$1"))));
            }
            gws.agent(names.get(agent)).sendRaw(event);
            due += gap;
        }
    }

    /**
     * How late each text was, in milliseconds, the latest one last. A row shows the last text of its conversation, so
     * one that another followed within a frame was never there: it is as late as the one that was.
     */
    private double[] times(Chromium browser) throws Exception {
        Map<String, Double> seen = new HashMap<>();
        Map<Integer, Double> later = new HashMap<>();
        texts.forEach(text -> later.put(text.agent(), (double) text.sent()));
        String last = later.values().stream().map(sent -> "'" + sent.longValue() + "'").toList().toString();
        await("the last texts of " + later.size() + " agents are in the page",
                () -> browser.value(last + ".every(each => seen.has(each))").asBoolean());
        browser.value("Object.fromEntries(seen)").properties()
                .forEach(each -> seen.put(each.getKey(), each.getValue().asDouble()));
        double epoch = System.currentTimeMillis() - System.nanoTime() / 1e6;
        later.clear();
        double[] late = new double[texts.size()];
        for (int i = late.length - 1; i >= 0; i--) {
            Text text = texts.get(i);
            double shown = Math.min(seen.getOrDefault(String.valueOf(text.sent()), Double.MAX_VALUE),
                    later.getOrDefault(text.agent(), Double.MAX_VALUE));
            later.put(text.agent(), shown);
            late[i] = shown - epoch - text.sent() / 1e6;
        }
        return Arrays.stream(late).sorted().toArray();
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }

    /** How long the page has been busy since it was opened. */
    private static double busyMillis(Chromium browser) throws Exception {
        for (JsonNode each : browser.tell("Performance.getMetrics", Map.of()).path("metrics")) {
            if (each.path("name").asText().equals("TaskDuration")) {
                return TimeUnit.SECONDS.toMillis(1) * each.path("value").asDouble();
            }
        }
        throw new IllegalStateException("Chromium does not say how busy the page is");
    }

    private static double heap(Chromium browser) throws Exception {
        return browser.tell("Runtime.getHeapUsage", Map.of()).path("usedSize").asDouble() / MEGABYTE;
    }

    private interface Condition {
        boolean isMet() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.isMet()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Not after " + PATIENCE_SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
