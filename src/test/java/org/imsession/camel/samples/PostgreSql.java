package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own, with fsync and synchronous_commit as they are by default. It refuses to run as root:
 * then it runs as the user postgres, whom Debian's package makes.
 */
public final class PostgreSql implements Database {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path programs = programs();
    private final Path folder;
    private final int port;
    private Process server;

    public PostgreSql() throws IOException, InterruptedException {
        folder = Path.of(run(asItsUser("mktemp", "-d")).strip());
        run(asItsUser(programs.resolve("initdb").toString(), "-D", folder + "/data", "-A", "trust", "-U", "im",
                "--no-instructions", "-E", "UTF8", "--no-locale"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        startServer();
        run(List.of(programs.resolve("psql").toString(), "-q", "-h", "127.0.0.1", "-p", String.valueOf(port),
                "-U", "im", "-v", "ON_ERROR_STOP=1", "-f", "routes/sql/postgresql.sql", "postgres"));
    }

    private static Path programs() throws IOException {
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                List<Path> found = versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb"))).sorted().toList();
                if (!found.isEmpty()) {
                    return found.get(found.size() - 1);
                }
            }
        }
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, "initdb"))) {
                return Path.of(folder);
            }
        }
        throw new AssertionError("These tests need the programs of PostgreSQL: apt-get install postgresql");
    }

    private static List<String> asItsUser(String... command) {
        List<String> all = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--reset-env"));
        }
        all.addAll(List.of(command));
        return all;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(command + ": " + output).isZero();
        return output;
    }

    /** Starts it, again after {@link #stopServer}. */
    public void startServer() throws IOException {
        server = new ProcessBuilder(asItsUser(programs.resolve("postgres").toString(), "-D", folder + "/data", "-p",
                String.valueOf(port), "-k", folder.toString(), "-c", "listen_addresses=127.0.0.1",
                "-c", "max_connections=50"))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            connect().close();
            return true;
        });
    }

    /** Ends it as an administrator does who does not wait for connections. */
    void stopServer() throws IOException, InterruptedException {
        stopServer("INT");
    }

    /** @param signal INT, or QUIT, after which it has to recover as from a crash */
    public void stopServer(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(server.pid())).start().waitFor();
        server.waitFor();
    }

    /** What its processes, as many as there are now, have needed since they began. */
    public Duration cpu() {
        return Stream.concat(Stream.of(server.toHandle()), server.descendants())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    int port() {
        return port;
    }

    @Override
    public String settings() {
        return SETTINGS + "postgresql.properties";
    }

    @Override
    public Map<String, String> properties() {
        return properties(port);
    }

    /** The same by another way, such as a proxy. */
    Map<String, String> properties(int throughPort) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("camel.beans.imDatabase.jdbcUrl", "jdbc:postgresql://127.0.0.1:" + throughPort
                + "/postgres?connectTimeout=2&socketTimeout=2&tcpKeepAlive=true");
        properties.put("camel.beans.imDatabase.username", "im");
        properties.put("camel.beans.imDatabase.password", "none");
        return properties;
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "im", "");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stopServer();
        run(asItsUser("rm", "-rf", folder.toString()));
    }
}
