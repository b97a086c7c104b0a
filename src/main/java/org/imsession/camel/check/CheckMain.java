package org.imsession.camel.check;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * {@code imsession check [--settings FILE] [--agent NAME]}: looks at one server with the settings of the routes, a line
 * for each thing. Exit status 0 if all is well, 1 if something is not, 2 if the settings are wrong.
 */
public final class CheckMain {

    private static final Path SETTINGS = Path.of("conf", "application.properties");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HELP = """
            Looks at one GWS before you go live: a line for each thing, with what to do.

              --settings FILE   the settings of the routes (conf/application.properties)
              --agent NAME      the agent, if the settings name several (the first)
              --help            this

            Without settings the environment says what to look at: IMSESSION_SERVER,
            IMSESSION_USER, IMSESSION_PASSWORD. Exit status: 0 if all is well, 1 if
            something is not, 2 if the settings are wrong.""";

    private final Map<String, String> environment;
    private final Properties system;
    private final PrintStream out;
    private final PrintStream err;
    private final Duration patience;

    /**
     * @param patience how long one line may take
     */
    CheckMain(Map<String, String> environment, Properties system, PrintStream out, PrintStream err,
              Duration patience) {
        this.environment = environment;
        this.system = system;
        this.out = out;
        this.err = err;
        this.patience = patience;
    }

    /**
     * Looks.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        System.exit(new CheckMain(System.getenv(), System.getProperties(), System.out, System.err, PATIENCE).run(args));
    }

    /** {@return the exit status} */
    int run(String... args) {
        try {
            Optional<Path> file = Files.exists(SETTINGS) ? Optional.of(SETTINGS) : Optional.empty();
            String agent = "";
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--help", "-h" -> {
                        out.println(HELP);
                        return 0;
                    }
                    case "--settings" -> file = Optional.of(Path.of(value(args, ++i)));
                    case "--agent" -> agent = value(args, ++i);
                    // what was given may be a password, so it is not shown
                    default -> throw new IllegalArgumentException("There is no such option; there are --settings,"
                            + " --agent and --help. A password is taken from the settings or the environment only");
                }
            }
            return look(Target.of(Settings.of(file, environment, system), environment, agent));
        } catch (IllegalArgumentException e) {
            err.println("imsession check: " + e.getMessage());
            return 2;
        }
    }

    private static String value(String[] args, int i) {
        if (i >= args.length) {
            throw new IllegalArgumentException("No value stands behind " + args[i - 1]);
        }
        return args[i];
    }

    private int look(Target target) {
        out.println("Looking at " + target);
        out.println();
        try (Check check = new Check(target, new Report(out::println), patience)) {
            return check.run() ? 0 : 1;
        } catch (Exception e) {
            err.println("imsession check: it broke (" + e + "); report this");
            return 1;
        }
    }
}
