package org.imsession.camel.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.imsession.camel.model.IMSessionNotification;

/**
 * The process that keeps events in a database: the sample routes with the settings that are delivered, and behind the
 * database, so behind the commit, the clock. Arguments: the server's address, how many agents, a folder, and properties
 * as name=value.
 */
final class SqlProcess {

    private static final String SETTINGS = "file:routes/application.properties,file:routes/sql/sql.properties,"
            + "file:routes/sql/postgresql.properties";
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private SqlProcess() {
    }

    public static void main(String[] args) throws Exception {
        Arrivals arrivals = new Arrivals();
        Path folder = Path.of(args[2]);
        Main main = new Main();
        main.setPropertyPlaceholderLocations(SETTINGS);
        main.addOverrideProperty("im.server", args[0]);
        main.addOverrideProperty("camel.route-template[im-agent].agent", "team");
        main.addOverrideProperty("camel.route-template[im-agent].login", "agents=file:"
                + agents(folder.resolve("agents.properties"), Integer.parseInt(args[1])));
        main.addOverrideProperty("im.password", "unused");
        main.addOverrideProperty("im.observe", "false");
        for (String kind : List.of("state-changes", "messages", "unknown")) {
            main.addOverrideProperty("im.to." + kind, "direct:sql,direct:committed");
        }
        for (String name : List.of("im.state-dir", "im.file.dir", "im.jms.data-dir", "im.http.dead-letter-dir",
                "im.sql.dead-letter-dir", "im.conversations.dir", "im.reconciliation.dir", "im.retention.folder")) {
            main.addOverrideProperty(name, folder.resolve(name).toString());
        }
        for (int i = 3; i < args.length; i++) {
            String[] property = args[i].split("=", 2);
            main.addOverrideProperty(property[0], property[1]);
        }
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:committed").errorHandler(noErrorHandler()).process(exchange -> {
                    long sent = Chats.sentNanos(exchange.getMessage().getBody(IMSessionNotification.class));
                    if (sent > 0) {
                        arrivals.arrived(System.nanoTime() - sent);
                    }
                });
            }
        });
        main.start();
        Orders.serve(words -> switch (words[0]) {
            case "mark" -> System.nanoTime() + " " + arrivals.count() + " " + SYSTEM.getProcessCpuTime();
            case "time" -> {
                arrivals.time();
                yield "timing";
            }
            case "times" -> arrivals.times();
            default -> throw new IllegalArgumentException(words[0]);
        });
    }

    static Path agents(Path file, int count) throws Exception {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, IntStream.range(0, count)
                .mapToObj(i -> "agent" + i + " = " + ServerProcess.PASSWORD + "\n").collect(Collectors.joining()));
    }
}
