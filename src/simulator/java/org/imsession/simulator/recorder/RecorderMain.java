package org.imsession.simulator.recorder;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Records what a GWS sends, from the command line, until the process is stopped: a proxy between the component and the
 * server.
 *
 * <pre>
 * java -cp ... org.imsession.simulator.recorder.RecorderMain \
 *     --to https://gws.example.com:8443 --port 8099 --file incident.jsonl
 * </pre>
 *
 * <p>The component gets {@code http://127.0.0.1:8099} as its {@code serverUrl} meanwhile. Passwords, cookies and tokens
 * are never written. Texts and names are replaced before they are, unless {@code --plain} says otherwise.
 *
 * <p>The exit status is 2 if an option is wrong, 1 if the port or the file cannot be had; it is 0 for the help, and
 * when
 * the process is told to stop.
 */
public final class RecorderMain {

    private static final int MAX_PORT = 65_535;
    private static final String HELP = """
            Records what a GWS sends to the component, until Ctrl-C. Options:

              --to URL      the server: scheme, host and port
              --file FILE   what to write; it must not be there yet
              --port NUMBER the port on 127.0.0.1 for the component, 0 for a free one (8099)
              --plain       keeps texts and names as they are: chats of people in a file
              --help        this

            The component gets http://127.0.0.1:8099 as its serverUrl. Passwords, cookies
            and tokens are never written; texts and names are replaced by others as long.
            The simulator plays the file: gws-simulator --replay FILE""";

    private RecorderMain() {
    }

    /**
     * Starts the recorder.
     *
     * @param args the options
     * @throws InterruptedException when the thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        if (Stream.of("--help", "-h").anyMatch(List.of(args)::contains)) {
            System.out.println(HELP);
            return;
        }
        try {
            start(options(args));
            Thread.currentThread().join();
        } catch (IllegalArgumentException e) {
            end(2, e.getMessage());
        } catch (UncheckedIOException e) {
            end(1, e.getMessage());
        }
    }

    private static void end(int status, String reason) {
        System.err.println("gws-recorder: " + reason);
        System.exit(status);
    }

    private static void start(Map<String, String> options) {
        boolean plain = options.containsKey("--plain");
        Path file = Path.of(options.get("--file"));
        Recorder recorder = Recorder.start(address(options.get("--to")), port(options.get("--port")), file, plain);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            recorder.close();
            // to be told to stop is no failure, and 143 would be one to a service manager
            Runtime.getRuntime().halt(0);
        }));
        System.out.println("Recorder at " + recorder.url() + ", which is the serverUrl meanwhile");
        System.out.println("  to: " + options.get("--to") + ", into " + file);
        System.out.println(plain
                ? "  WARNING: texts and names of people are written as they are. Give the file to nobody, and delete it"
                : "  texts and names: replaced");
        System.out.println("Stop it with Ctrl-C.");
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--to " + Recorder.withoutSecrets(text) + " is no address; give"
                    + " scheme, host and port, such as https://gws.example.com:8443"); // the cause quotes it
        }
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MAX_PORT) {
            throw new IllegalArgumentException("--port " + text + " is no number from 0 to " + MAX_PORT + "; give one");
        }
        return Integer.parseInt(text);
    }

    private static Map<String, String> options(String... args) {
        Map<String, String> options = new LinkedHashMap<>(Map.of("--port", "8099"));
        for (int i = 0; i < args.length; i++) {
            String[] option = args[i].split("=", 2);
            if (option[0].equals("--plain")) {
                options.put("--plain", "");
            } else if (!Stream.of("--to", "--file", "--port").toList().contains(option[0])) {
                throw new IllegalArgumentException("There is no option " + option[0] +
                        "; the options are --to, --file, "
                        + "--port, --plain and --help");
            } else if (option.length == 1 && (i + 1 == args.length || args[i + 1].startsWith("--"))) {
                throw new IllegalArgumentException("No value stands behind " + option[0] + "; --help shows which");
            } else {
                options.put(option[0], option.length == 2 ? option[1] : args[++i]);
            }
        }
        Stream.of("--to", "--file").filter(each -> !options.containsKey(each)).findFirst().ifPresent(missing -> {
            throw new IllegalArgumentException(missing + " is missing; --help shows what it is");
        });
        return options;
    }
}
