package org.imsession.simulator;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.imsession.simulator.Scenario.Play;
import org.imsession.simulator.settings.GwsSettings;

/**
 * Runs a simulated GWS from the command line, with agents who chat, until the process is stopped:
 *
 * <pre>
 * java -cp ... org.imsession.simulator.GwsSimulatorMain \
 *     --port 8090 --agents-file agents.properties --scenario chat --pace 1000
 * </pre>
 *
 * <p>The agents are alice and bob with the password {@code secret}, those of {@code --agents-file} (lines of
 * {@code name=password}), those of the environment variable {@code IMSESSION_SIMULATOR_AGENTS}
 * ({@code name:password,...}), or those of {@code --agents}, in the same form; what stands there, everybody on the
 * machine can read in the list of processes.
 *
 * <p>{@code --scenario} is the name of a scenario that is built in, which {@code --help} lists, or a file in the format
 * of {@link Scenario}; {@code --pace} is the time between two lines in milliseconds.
 *
 * <p>{@code --replay} plays a file of the recorder instead, in its timing or, with {@code --fast}, as fast as it
 * is taken.
 *
 * <p>The exit status is 2 if an option is wrong, 1 if the port cannot be had, each with one line that says what to do;
 * it is 0 for the help, and when the process is told to stop.
 */
public final class GwsSimulatorMain {

    private static final Duration A_LONG_TIME = Duration.ofDays(365);

    private GwsSimulatorMain() {
    }

    /**
     * Starts the simulator.
     *
     * @param args the options
     * @throws InterruptedException when the thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        if (CommandLine.asksForHelp(args)) {
            CommandLine.help().forEach(System.out::println);
            return;
        }
        try {
            run(CommandLine.parse(System.getenv(), args));
            Thread.currentThread().join();
        } catch (IllegalArgumentException e) {
            end(2, e.getMessage());
        } catch (UncheckedIOException e) {
            end(1, e.getMessage());
        }
    }

    private static void end(int status, String reason) {
        System.err.println("gws-simulator: " + reason);
        System.exit(status);
    }

    private static void run(CommandLine options) {
        GwsSettings settings = GwsSettings.defaults().withPort(options.port());
        GwsServer server = options.replay().map(file -> GwsServer.replaying(settings, file, options.fast()))
                .orElseGet(() -> GwsServer.create(settings));
        options.agents().forEach(server::agent);
        options.scenario().open(server);
        server.start();
        Stream.concat(Stream.of("GWS simulator at " + server.url()), options.replay().isPresent()
                ? server.agents().stream().map(name -> "  agent " + name + ", with any password")
                : options.agents().keySet().stream()
                .map(name -> "  agent " + name + ", phone number " + server.agent(name).phoneNumber()))
                .forEach(System.out::println);
        System.out.println("  notifications: " + server.url() + "/api/v2/notifications, topic " + GwsServer.TOPIC);
        System.out.println("  scenario: " + options.about());
        System.out.println("Stop it with Ctrl-C.");
        Play play = Play.start(options.scenario(), server, Duration.ofMillis(options.paceMillis()),
                System.out::println);
        if (options.replay().isPresent()) {
            TcpProxy.daemon("gws-replay-end", () -> tellTheEnd(server));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            play.stop();
            server.stop();
            // to be told to stop is no failure, and 143 would be one to a service manager
            Runtime.getRuntime().halt(0);
        }));
    }

    private static void tellTheEnd(GwsServer server) {
        try {
            if (server.awaitReplayed(A_LONG_TIME)) {
                System.out.println("The recording has been played.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
