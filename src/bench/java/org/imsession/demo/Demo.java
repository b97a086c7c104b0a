package org.imsession.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.Scenario;
import org.imsession.simulator.Scenario.Play;

/**
 * Two agents chat on a simulated GWS; the sample routes follow both and deliver to files, an embedded broker and an
 * HTTP service; and each arrival is shown. Runs until it is stopped, or for {@code camel.main.durationMaxSeconds}.
 */
public final class Demo extends MainListenerSupport {

    private static final Path FOLDER = Path.of("data", "demo");
    private static final Path SESSIONS = FOLDER.resolve("sessions");
    private static final int PAGE = 8070;
    private static final Duration PACE = Duration.ofMillis(1000);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LAST_ARRIVALS = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 100;
    private static final long COUNT_SECONDS = 10;

    private final Board board;
    private final GwsServer gws = GwsServer.create().agent("alice", "secret").agent("bob", "secret").start();
    private final HttpReceiver http;
    private final FileReader files;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final int page = freePort();
    private QueueReceiver queues;
    private Play play;

    private Demo(Screen screen) throws IOException {
        board = new Board(screen, Clock.systemDefaultZone(), "alice", "bob");
        http = new HttpReceiver(board);
        files = new FileReader(FOLDER.resolve("im"), board);
    }

    /**
     * Runs the demo.
     *
     * @param args none
     * @throws Exception when it cannot start
     */
    public static void main(String[] args) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        // Camel's own hook lets the JVM go as soon as the routes have stopped; the summary comes after that
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(done)));
        Screen screen = Screen.of(System.out, Screen.isTerminal(), System.getenv());
        screen.print("Starting the simulated GWS, the broker and the routes: some seconds.");
        System.setErr(screen.beside(System.err));
        try {
            new Demo(screen).run();
        } finally {
            done.countDown();
        }
    }

    /** That of the live page, or if another has it, any. */
    private static int freePort() throws IOException {
        try (ServerSocket wanted = new ServerSocket(PAGE, 1, InetAddress.getLoopbackAddress())) {
            return wanted.getLocalPort();
        } catch (BindException e) {
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return any.getLocalPort();
            }
        }
    }

    private static void await(CountDownLatch done) {
        try {
            done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws Exception {
        Main main = new Main();
        main.addMainListener(this);
        main.setPropertyPlaceholderLocations("file:routes/application.properties,file:routes/live/live.properties");
        set(main, "im.live.port", String.valueOf(page));
        set(main, "im.server", gws.url());
        set(main, "im.password", "secret");
        set(main, "im.observe", "false"); // nobody asks, and the port may be another's
        follow(main, "im-agent", "alice");
        follow(main, "im-bob", "bob");
        set(main, "im.to.state-changes", "direct:file-state-changes,direct:jms-state-changes,direct:http");
        set(main, "im.to.messages", "direct:file-messages,direct:jms-messages,direct:http");
        set(main, "im.state-dir", SESSIONS.toString());
        set(main, "im.file.dir", FOLDER.resolve("im").toString());
        set(main, "im.jms.data-dir", FOLDER.resolve("broker").toString());
        set(main, "im.http.url", http.url());
        set(main, "im.http.dead-letter-dir", FOLDER.resolve("dead-letter").toString());
        try {
            main.run();
        } finally {
            forgetSessions();
            timer.shutdownNow();
            http.close();
            gws.stop();
        }
    }

    /** The simulated GWS ends with this process, so its sessions cannot go on. */
    private static void forgetSessions() throws IOException {
        if (!Files.isDirectory(SESSIONS)) {
            return;
        }
        try (DirectoryStream<Path> sessions = Files.newDirectoryStream(SESSIONS)) {
            for (Path session : sessions) {
                Files.delete(session);
            }
        }
    }

    private static void follow(Main main, String route, String agent) {
        String block = "camel.route-template[" + route + "].";
        set(main, block + "template-id", "im-split");
        set(main, block + "agent", agent);
        set(main, block + "passwordProperty", "im.password");
    }

    private static void set(Main main, String name, String value) {
        main.addOverrideProperty(name, value);
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        board.say("""

                What they write can be seen in a browser: http://127.0.0.1:%d/

                Two agents, alice and bob, chat on a simulated GWS, which tells each of them
                all that happens. The sample routes follow both, and bring every event of
                each feed to three places:

                  file  %s: state-changes and messages; a new run appends
                  jms   queues im.state-changes and im.messages of ActiveMQ, kept in
                        %s
                  http  POST %s

                A line with a time is what happens at GWS, %s. Below it
                each feed that hears of it has a line, and [x] for each place that has it.
                Stop it with Ctrl-C.""".formatted(page, FOLDER.resolve("im"), FOLDER.resolve("broker"),
                http.url(), gws.url()));
        try {
            begin(main.getCamelContext());
        } catch (Exception e) {
            throw new IllegalStateException("The demo cannot begin", e);
        }
    }

    private void begin(CamelContext context) throws Exception {
        queues = new QueueReceiver(new ActiveMQConnectionFactory(
                context.resolvePropertyPlaceholders("{{camel.beans.imBroker.brokerURL}}")), board,
                "im.state-changes", "im.messages");
        timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        timer.scheduleAtFixedRate(() -> board.count(sent()), COUNT_SECONDS, COUNT_SECONDS, TimeUnit.SECONDS);
        for (String agent : gws.agents()) {
            if (!gws.agent(agent).awaitSubscribed(PATIENCE)) {
                throw new IllegalStateException(agent + " has not subscribed");
            }
        }
        board.happens("alice is sent the two notifications of the API documentation");
        gws.agent("alice").sendRaw(documented("state-change")).sendRaw(documented("message"));
        awaitArrivals();
        board.happens("alice is told that this session is completed");
        gws.agent("alice").sendRaw(documented("state-change").replace(" Talking", "Completed"));
        awaitArrivals();
        play = Scenario.chat().play(gws, PACE, board::happens);
    }

    private void look() {
        files.look();
        board.showWhatWaits(LAST_ARRIVALS);
    }

    private static String documented(String name) throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream("/documented/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private long sent() {
        return gws.agents().stream().mapToLong(agent -> gws.agent(agent).eventsSent()).sum();
    }

    /** Waits until all that was sent has arrived everywhere, but not for long. */
    private void awaitArrivals() throws InterruptedException {
        long end = System.nanoTime() + LAST_ARRIVALS.toNanos();
        while (!board.complete(sent()) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void beforeStop(BaseMainSupport main) {
        if (play == null) {
            return;
        }
        play.stop();
        try {
            play.awaitEnd(LAST_ARRIVALS);
            awaitArrivals();
            queues.close();
        } catch (Exception e) {
            board.say("The end was not tidy: " + e);
        }
    }

    @Override
    public void afterStop(BaseMainSupport main) {
        board.showWhatWaits(Duration.ZERO);
        board.count(sent());
        board.say("Stopped. What was written stays in " + FOLDER + ", for example in\n" + FOLDER.resolve("im")
                .resolve("messages").resolve("alice") + ".");
    }
}
