package org.imsession.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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
 * <p>{@code --scenario} is {@code chat}, {@code none}, or a file in the format of {@link Scenario}; {@code --pace} is
 * the time between two lines in milliseconds.
 */
public final class GwsSimulatorMain {

    private final PrintStream out;

    private GwsSimulatorMain(PrintStream out) {
        this.out = out;
    }

    /**
     * Starts the simulator.
     *
     * @param args the options
     * @throws IOException when the file of the scenario cannot be read
     * @throws InterruptedException when the thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        CommandLine options;
        try {
            options = CommandLine.parse(System.getenv(), args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        new GwsSimulatorMain(System.out).run(options);
    }

    private void run(CommandLine options) throws IOException, InterruptedException {
        GwsServer server = GwsServer.create(GwsSettings.defaults().withPort(options.port()));
        options.agents().forEach(server::agent);
        server.start();
        out.println("GWS simulator at " + server.url());
        options.agents().keySet().forEach(name -> out.println(
                "  agent " + name + ", phone number " + server.agent(name).phoneNumber()));
        out.println("  notifications: " + server.url() + "/api/v2/notifications, topic " + GwsServer.TOPIC);
        out.println("Stop it with Ctrl-C.");
        Optional<Play> play = scenario(options.scenario())
                .map(each -> each.play(server, Duration.ofMillis(options.paceMillis()), out::println));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            play.ifPresent(Play::stop);
            server.stop();
        }));
        Thread.currentThread().join();
    }

    private static Optional<Scenario> scenario(String name) throws IOException {
        return switch (name) {
            case "none" -> Optional.empty();
            case "chat" -> Optional.of(Scenario.chat());
            default -> Optional.of(Scenario.parse(Files.readString(Path.of(name))));
        };
    }
}
