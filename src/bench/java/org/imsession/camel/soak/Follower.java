package org.imsession.camel.soak;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.imsession.camel.crash.Journal;
import org.imsession.camel.store.FilePositionRepository;

/**
 * The process that follows the agents, one route for each, which writes what it gets into a journal and then goes on
 * working for a moment, so that a process that is killed has often noted an event that has not ended. It takes orders
 * line by line: {@code rest <agent> <millis>} blocks a route at its next exchange, {@code vitals} prints a
 * {@link Vitals} line, {@code stop} ends it in order; at the end of its input it is gone at once. If its folder has
 * {@link #DATABASE}, what it gets goes from there to the sample routes of the database, and {@code reconcile <day>} has
 * them write the report of that day.
 */
final class Follower {

    /** A file of properties beside those of the sample routes. */
    static final String DATABASE = "database.properties";
    private static final long WORK_MILLIS = 15;

    private final Map<String, Long> rests = new ConcurrentHashMap<>();
    private final Main main = new Main();

    private Follower() {
    }

    /**
     * @param args address of the server, folder, and of each agent its name and its options
     */
    public static void main(String[] args) throws Exception {
        Follower follower = new Follower();
        follower.follow(args);
        follower.obey();
    }

    private void follow(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        main.bind("state", new FilePositionRepository(folder.resolve("state")));
        boolean database = Files.exists(folder.resolve(DATABASE));
        if (database) {
            main.setPropertyPlaceholderLocations(
                    "file:routes/sql/sql.properties,file:routes/sql/postgresql.properties");
            Properties properties = new Properties();
            try (Reader file = Files.newBufferedReader(folder.resolve(DATABASE))) {
                properties.load(file);
            }
            properties.forEach((name, value) -> main.addOverrideProperty((String) name, (String) value));
        }
        for (int i = 2; i < args.length; i += 2) {
            String name = args[i];
            Journal journal = new Journal(folder.resolve("journal-" + name));
            String uri = "imsession:" + name + "?serverUrl=" + args[0] + "&password=secret&reconnectDelay=100"
                    + "&reconnectDelayMax=2000&connectTimeout=2000&requestTimeout=3000&stopTimeout=2000&keepAlive=1000"
                    + "&parkedRetryInterval=10000&stateRepository=#state" + args[i + 1];
            main.configure().addRoutesBuilder(new RouteBuilder() {
                @Override
                public void configure() {
                    var route = from(uri).process(exchange -> work(name, journal, exchange));
                    if (database) {
                        route.errorHandler(noErrorHandler()).to("direct:sql");
                    }
                }
            });
        }
        main.configure().withShutdownTimeout(5);
        main.start();
    }

    private void work(String name, Journal journal, Exchange exchange) throws Exception {
        journal.note(exchange);
        Long rest = rests.remove(name);
        new CountDownLatch(1).await(rest == null ? WORK_MILLIS : rest, TimeUnit.MILLISECONDS);
    }

    /** As an operator does, by JMX: who was refused twice waits for that. */
    private static void retryNow() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:type=consumers,*"), null)) {
            if (Stream.of(server.getMBeanInfo(name).getOperations()).anyMatch(each -> each.getName().equals("retryNow")
                    && each.getSignature().length == 0)) {
                server.invoke(name, "retryNow", null, null);
            }
        }
    }

    private void obey() throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ");
            switch (words[0]) {
                case "rest" -> rests.put(words[1], Long.valueOf(words[2]));
                case "vitals" -> System.out.println(Vitals.take().line());
                case "retry" -> retryNow();
                case "reconcile" -> main.getCamelContext().createProducerTemplate()
                        .sendBody("direct:im-reconciliation", words[1]);
                case "stop" -> {
                    main.stop();
                    System.exit(0);
                }
                default -> throw new IllegalArgumentException(order);
            }
        }
        Runtime.getRuntime().halt(1);
    }
}
