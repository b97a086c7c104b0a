package com.example.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** lib/ is what the sample routes need: all of it, and nothing else. */
class LibTest {

    private static final int AT_ONCE = 2;
    /** A disk with less room than the broker would like, and a bound of camel-master that the settings explain. */
    private static final String ALWAYS = "Store limit is|Temporary Store limit is|The task Leadership does not have";

    @TempDir
    private Path folder;
    private Installation installation;
    private HttpServer http;
    private final Set<String> posted = ConcurrentHashMap.newKeySet();
    private GreenMail mails;

    @BeforeEach
    void begin() throws IOException {
        installation = Installation.unpack(folder);
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            posted.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        http.start();
        mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
    }

    @AfterEach
    void end() {
        http.stop(0);
        mails.stop();
    }

    @Test
    void itIsTheResolvedTree() throws IOException {
        Set<String> resolved = Files.readAllLines(Installation.ROOT.resolve("target/dist/target/dependencies.txt")).stream()
                .map(each -> each.strip().split(" ")[0].split(":")).filter(each -> each.length >= 5 && !each[each.length - 1].equals("test"))
                .map(each -> each[1] + "-" + each[each.length - 2] + (each.length == 6 ? "-" + each[3] : "") + ".jar")
                .collect(Collectors.toCollection(TreeSet::new));
        resolved.add("imsession-routes-" + Installation.VERSION + ".jar");
        assertThat(jars().stream().map(each -> each.getFileName().toString())).hasSizeGreaterThan(100)
                .containsExactlyInAnyOrderElementsOf(resolved);
    }

    /** Each jar that src/dist/pom.xml names, that of the routes, and each with a component of Camel. */
    @Test
    void whateverIsTakenOutIsMissed() throws Exception {
        List<Path> jars = jars();
        Map<String, String> found = new TreeMap<>();
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<?>> tries = new ArrayList<>();
        List<Simulated> free = new ArrayList<>();
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                free.add(new Simulated(i));
            }
            Callable<Void> whole = () -> with(free, server -> {
                for (Trial each : trials("whole")) {
                    assertThat(each.broken(installation, jars, server.environment(), folder.resolve("whole " + each.name())))
                            .as(each.name()).isEmpty();
                }
            });
            pool.submit(whole).get();
            for (Path jar : jars) {
                if (isNeeded(jar)) {
                    tries.add(pool.submit(() -> with(free, server -> found.put(jar.getFileName().toString(),
                            without(jar, jars, server).orElse("NOT MISSED")))));
                }
            }
            for (Future<?> each : tries) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
            free.forEach(Simulated::close);
            List<String> table = new ArrayList<>(List.of("| Taken out of `lib/` | What is said |", "|---|---|"));
            found.forEach((jar, said) -> table.add("| " + jar + " | " + said.replace("|", "\\|") + " |"));
            table.add("");
            Files.write(Path.of("target", "table.md"), table, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        assertThat(found).hasSizeGreaterThan(25);
        assertThat(found).doesNotContainValue("NOT MISSED");
    }

    private Optional<String> without(Path jar, List<Path> jars, Simulated server) throws Exception {
        List<Path> others = jars.stream().filter(each -> !each.equals(jar)).toList();
        for (Trial each : trials(jar.getFileName().toString())) {
            Optional<String> broken = each.broken(installation, others, server.environment(),
                    folder.resolve("without " + jar.getFileName() + " " + each.name()));
            if (broken.isPresent()) {
                return Optional.of(each.name() + ": " + broken.get());
            }
        }
        return Optional.empty();
    }

    private List<Trial> trials(String id) {
        String address = "/" + id;
        Trial sinks = new Trial("sinks", List.of("routes/sql/sql.properties", "routes/sql/h2.properties"), Map.of(
                "im.to.messages", "direct:sql,direct:file-messages,direct:jms-messages",
                "im.to.state-changes", "direct:sql,direct:http",
                "im.http.url", "http://127.0.0.1:" + http.getAddress().getPort() + address,
                "im.to.conversations", "direct:conversation-files,direct:conversation-archive,direct:conversation-mail",
                "im.conversations.settle", "0", "im.conversations.period", "200",
                "im.mail.server", "smtp:127.0.0.1:" + mails.getSmtp().getPort(), "im.mail.to", id + "@localhost"),
                Pattern.compile(ALWAYS),
                home -> Trial.isPrinted(home, "SUBSCRIBING -> LIVE") && Trial.isIn(home, "data/broker/imsession/KahaDB", ".log")
                        && Trial.isIn(home, "data/im", ".jsonl") && Trial.isIn(home, "data/conversations", ".eml")
                        && posted.contains(address)
                        && mails.getReceivedMessagesForDomain(id + "@localhost").length > 0, true);
        Trial files = new Trial("cluster of files", List.of("routes/cluster/files.properties"), Map.of(),
                Pattern.compile(ALWAYS), home -> Trial.isPrinted(home, "SUBSCRIBING -> LIVE"), false);
        // none of these servers is there, which is told only where what asks for them is
        Trial zookeeper = new Trial("cluster of ZooKeeper", List.of("routes/cluster/zookeeper.properties"), Map.of(),
                Pattern.compile("session timeout .* is less than|Session 0x0 for server"),
                home -> Trial.isPrinted(home, "Session 0x0 for server"), false);
        Trial postgresql = new Trial("PostgreSQL", List.of("routes/sql/sql.properties", "routes/sql/postgresql.properties"),
                Map.of(), Pattern.compile("CannotGetJdbcConnectionException|SQLTransientConnectionException"),
                home -> Trial.isPrinted(home, "CannotGetJdbcConnectionException"), false);
        return List.of(sinks, files, zookeeper, postgresql);
    }

    private boolean isNeeded(Path jar) throws IOException {
        String artifact = jar.getFileName().toString().replaceFirst("-\\d.*", "");
        String pom = Files.readString(Installation.ROOT.resolve("src/dist/pom.xml"));
        if (artifact.equals("imsession-routes") || pom.contains("<artifactId>" + artifact + "</artifactId>\n")) {
            return true;
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().anyMatch(each -> each.getName().matches("META-INF/services/org/apache/camel/component/.+"));
        }
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(installation.lib())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** A server for those who take turns. */
    private final class Simulated implements AutoCloseable {

        private final Running simulator;

        Simulated(int number) throws IOException {
            simulator = Running.start(folder, folder.resolve("simulator" + number + ".txt"), folder, Map.of(),
                    List.of(installation.command("gws-simulator"), "--scenario", "chat", "--port", "0", "--pace", "100"));
        }

        Map<String, String> environment() {
            simulator.awaitPrinted("Stop it with");
            return Map.of("IMSESSION_SERVER", simulator.printed().lines().findFirst().orElseThrow()
                    .replace("GWS simulator at ", ""), "IMSESSION_USER", "alice", "IMSESSION_PASSWORD", "secret",
                    "IMSESSION_ZOOKEEPER", "127.0.0.1:1", "HOSTNAME", "node", "IMSESSION_DATABASE", "127.0.0.1:1/im",
                    "IMSESSION_DATABASE_PASSWORD", "none");
        }

        @Override
        public void close() {
            simulator.close();
        }
    }

    private interface Use {
        void of(Simulated server) throws Exception;
    }

    private static Void with(List<Simulated> free, Use use) throws Exception {
        Simulated server;
        synchronized (free) {
            server = free.remove(0);
        }
        try {
            use.of(server);
        } finally {
            synchronized (free) {
                free.add(server);
            }
        }
        return null;
    }
}
