package org.imsession.camel.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.crash.Ledger;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.TcpProxy;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;

/**
 * Follows agents through everything that can go wrong and accounts for every event. Exit status 0 if none is
 * unaccounted for. Properties: {@code soak.minutes} (60; 0 shows that it runs), {@code soak.rate} events per second and
 * agent (10), {@code soak.seed}, {@code soak.folder} for its logs and journals (target/soak), {@code soak.database}
 * (false) to keep the events in a PostgreSQL, to which things happen, too, and to read the ledger from there. Ctrl-C ends
 * it early, with its ledger.
 */
public final class Soak {

    private static final List<Listener> AGENTS = List.of(
            new Listener("alice", true, "&maxMessageSize=200000"),
            new Listener("bob", true, "&maxMessageSize=200000"),
            new Listener("carol", true, "&maxMessageSize=200000&ackFailed=false"),
            new Listener("dave", true, "&maxMessageSize=200000&maxPending=20"),
            new Listener("eve", false, "&maxMessageSize=200000&acknowledge=false"),
            new Listener("frank", false, "&maxMessageSize=200000&acknowledge=false&maxPending=50"));
    private static final Duration SETTLING = Duration.ofSeconds(120);

    private final int minutes = Integer.getInteger("soak.minutes", 60);
    private final int rate = Integer.getInteger("soak.rate", 10);
    private final long seed = Long.getLong("soak.seed", System.nanoTime() & 0xFFFFFF);
    private final Path folder = Path.of(System.getProperty("soak.folder", "target/soak")).toAbsolutePath();
    private final Optional<KeptInDatabase> database = Boolean.getBoolean("soak.database")
            ? Optional.of(new KeptInDatabase(folder, AGENTS)) : Optional.empty();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private final Map<String, Traffic> traffic = new LinkedHashMap<>();

    private Soak() {
    }

    /** No arguments; properties, see above. */
    public static void main(String[] args) {
        int status = 1;
        try {
            status = new Soak().run() ? 0 : 1;
        } catch (Exception | Error e) {
            e.printStackTrace();
        } finally {
            System.exit(status); // the threads of the server would keep a failure waiting for ever, unsaid
        }
    }

    private boolean run() throws Exception {
        empty(folder);
        if (database.isPresent()) {
            database.get().start();
        }
        System.out.println("Soak of " + minutes + " minutes, seed " + seed + ", " + rate + " events a second for each"
                + " of " + AGENTS.size() + " agents" + (database.isPresent() ? ", kept in a database" : "")
                + "; logs and journals in " + folder);
        GwsServer gws = GwsServer.create(GwsSettings.defaults().with(GwsSwitch.CSRF).withTimeout(Duration.ofSeconds(5))
                .withRecordedRequests(0));
        AGENTS.forEach(each -> gws.agent(each.name(), "secret"));
        gws.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted));
        try (gws; TcpProxy proxy = TcpProxy.to(gws.port());
             PrintStream log = new PrintStream(folder.resolve("weather.log").toFile())) {
            FollowerProcess follower = new FollowerProcess(proxy.url(), folder, database.isPresent()
                    ? AGENTS.stream().map(KeptInDatabase::keeping).toList() : AGENTS);
            AGENTS.forEach(each -> traffic.put(each.name(), new Traffic(gws, each.name())));
            Scene scene = new Scene(gws, proxy, follower, AGENTS, traffic,
                    database.map(KeptInDatabase::server), new Random(seed), over);
            begin(scene);
            long halfNanos = TimeUnit.MINUTES.toNanos(minutes) / 2;
            Weather weather = new Weather(scene, log, System.nanoTime() + halfNanos);
            Thread[] winds = { new Thread(weather::overServer), new Thread(weather::overProcess) };
            for (Thread wind : winds) {
                wind.start();
            }
            for (int minute = 1; minute <= minutes && !over.await(1, TimeUnit.MINUTES); minute++) {
                tell(minute, scene, weather);
            }
            over.countDown();
            for (Thread wind : winds) {
                wind.join();
            }
            settle(scene);
            boolean clean = conclude(scene, weather);
            if (database.isPresent()) {
                clean &= database.get().reconcile(follower);
            }
            follower.kill();
            return clean;
        } finally {
            if (database.isPresent()) {
                database.get().close();
            }
            told.countDown();
        }
    }

    private void begin(Scene scene) throws Exception {
        scene.follower().start();
        for (Listener agent : AGENTS) {
            if (!scene.gws().agent(agent.name()).awaitSubscribed(Duration.ofSeconds(60))) {
                throw new IllegalStateException(agent.name() + " is not followed; see follower.log in " + folder);
            }
        }
        for (Listener agent : AGENTS) {
            traffic.get(agent.name()).begin(rate, new Random(seed + agent.name().hashCode()));
        }
        while (sums().delivered() < 20 * AGENTS.size()) {
            scene.wait(100);
        }
    }

    private void tell(int minute, Scene scene, Weather weather) throws IOException {
        scene.follower().order("retry");
        scene.follower().order("vitals");
        Ledger.Sums sums = sums();
        System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  min " + minute + "/" + minutes
                + " | sent " + sums.sent() + " delivered " + sums.delivered() + " redelivered " + sums.again()
                + " in gaps " + sums.inGaps() + " (" + sums.gaps() + " gaps) under way " + sums.unaccounted()
                + " overtaken " + overtaken() + " | " + weather.count() + " mishaps, life "
                + scene.follower().lives() + ": " + scene.follower().vitals().map(Vitals::toString).orElse("-"));
        traffic.forEach((agent, each) -> each.ledger().overtaken().stream().limit(5)
                .forEach(event -> System.out.println("    " + agent + ": " + event)));
    }

    private Ledger.Sums sums() throws IOException {
        Ledger.Sums sums = Ledger.Sums.NONE;
        for (Listener agent : AGENTS) {
            sums = sums.plus(sums(agent));
        }
        return sums;
    }

    private Ledger.Sums sums(Listener agent) throws IOException {
        Ledger ledger = traffic.get(agent.name()).ledger();
        return database.isPresent() ? ledger.settle(database.get().newLines(agent))
                : ledger.settle(folder.resolve(agent.journal()));
    }

    private int overtaken() {
        return traffic.values().stream().mapToInt(each -> each.ledger().overtaken().size()).sum();
    }

    /** Everything is well again, nothing more is sent, and what is under way arrives. */
    private void settle(Scene scene) throws Exception {
        scene.heal();
        scene.follower().order("retry");
        for (Traffic each : traffic.values()) {
            each.end();
        }
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + SETTLING.toNanos();
        while (System.nanoTime() < end && sums().unaccounted() > 0) {
            never.await(500, TimeUnit.MILLISECONDS);
        }
        scene.follower().order("vitals");
        never.await(2, TimeUnit.SECONDS);
    }

    private boolean conclude(Scene scene, Weather weather) throws IOException {
        System.out.println();
        System.out.printf("%-8s %9s %9s %11s %9s %6s %11s %8s %11s %12s%n", "agent", "sent", "delivered",
                "redelivered", "unmarked", "gaps", "gap seconds", "in gaps", "unaccounted", "out of order");
        Ledger.Sums all = Ledger.Sums.NONE;
        int unmarked = 0;
        Map<String, Integer> reasons = new TreeMap<>();
        for (Listener agent : AGENTS) {
            Ledger.Sums sums = sums(agent);
            print(agent.name() + (agent.acks() ? "" : " *"), sums);
            all = all.plus(sums);
            unmarked += agent.acks() ? sums.unmarked() : 0;
            traffic.get(agent.name()).ledger().gapsByReason().forEach((why, n) -> reasons.merge(why, n, Integer::sum));
        }
        print("all", all);
        System.out.println("* without acknowledgement: what the server sends twice arrives twice");
        System.out.println("gaps: " + reasons);
        System.out.println("mishaps: " + weather.count() + " " + weather.happened());
        System.out.println("lives: " + scene.follower().lives() + "; the longest " + scene.follower().longest());
        System.out.println("seed: " + seed);
        long complaints = complaints();
        List<String> overlapping = traffic.values().stream().flatMap(each -> each.ledger().overlapping().stream()).toList();
        System.out.println("gaps that overlap: " + overlapping);
        if (weather.hasBrokenDown()) {
            System.out.println("The weather broke down, see weather.log");
        }
        System.out.println("log lines that ask to be reported: " + complaints);
        boolean clean = all.unaccounted() == 0 && unmarked == 0 && all.outOfOrder() == 0 && complaints == 0
                && overlapping.isEmpty() && !weather.hasBrokenDown();
        System.out.println(clean ? "Nothing lost silently." : "NOT CLEAN");
        traffic.forEach((agent, each) -> each.ledger().overtaken().stream().limit(50)
                .forEach(event -> System.out.println("    " + agent + ": " + event)));
        return clean;
    }

    private static void print(String name, Ledger.Sums sums) {
        System.out.printf("%-8s %9d %9d %11d %9d %6d %11d %8d %11d %12d%n", name, sums.sent(), sums.delivered(),
                sums.again(), sums.unmarked(), sums.gaps(), sums.gapSeconds(), sums.inGaps(), sums.unaccounted(),
                sums.outOfOrder());
    }

    private long complaints() throws IOException {
        try (var lines = Files.lines(folder.resolve("follower.log"), java.nio.charset.StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains("please report")).count();
        }
    }

    private void interrupted() {
        over.countDown();
        try {
            told.await(SETTLING.toSeconds() + 60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder()).filter(each -> !each.equals(folder)).forEach(each -> {
                    try {
                        Files.delete(each);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
        Files.createDirectories(folder);
    }
}
