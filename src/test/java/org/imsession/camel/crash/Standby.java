package org.imsession.camel.crash;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.store.CrashingRepository;

/**
 * A process that follows the agent or not, as it is told: each line of its input is a command, and each line of its
 * output says what has been done.
 */
final class Standby {

    /** What may be told and said. */
    enum Word { START, STOP, HANG, GO_ON, READY, STARTED, STOPPED, HANGS }

    private static final CountDownLatch NONE = new CountDownLatch(0);

    private Standby() {
    }

    /**
     * @param args address of the server, folder
     */
    public static void main(String[] args) throws Exception {
        AtomicReference<CountDownLatch> gate = new AtomicReference<>(NONE);
        CrashingRepository repository = new CrashingRepository(Path.of(args[1]), moment -> {
            if (moment == CrashingRepository.Moment.WITHIN && gate.get().getCount() > 0) {
                say(Word.HANGS);
                await(gate.get());
            }
        });
        Journal journal = new Journal(Path.of(args[1], "journal"));
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("state", repository);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("imsession:alice?serverUrl=" + args[0] + "&password=secret&reconnectDelay=50&keepAlive=500"
                        + "&stopTimeout=500&stateRepository=#state").routeId("standby").autoStartup(false)
                        .process(journal::note);
            }
        });
        context.start();
        say(Word.READY);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            switch (Word.valueOf(line)) {
                case START -> {
                    context.getRouteController().startRoute("standby");
                    say(Word.STARTED);
                }
                case STOP -> {
                    context.getRouteController().stopRoute("standby");
                    say(Word.STOPPED);
                }
                case HANG -> gate.set(new CountDownLatch(1));
                case GO_ON -> gate.getAndSet(NONE).countDown();
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private static void say(Word word) {
        System.out.println(word);
        System.out.flush();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
