package org.imsession.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options of {@link GwsSimulatorMain}.
 *
 * @param port       the port, 0 for a free one
 * @param agents     passwords by login name, in the order given
 * @param scenario   what happens
 * @param about      what that is, in words
 * @param paceMillis the time between two lines of it
 * @param replay     the recording that is played instead, empty if none is
 * @param fast       whether it is played as fast as it is taken
 */
record CommandLine(int port, Map<String, String> agents, Scenario scenario, String about, long paceMillis,
                   Optional<Path> replay, boolean fast) {

    /** Holds what {@code --agents} would, but is not in the list of processes, which every user of a machine can read. */
    static final String AGENTS_VARIABLE = "IMSESSION_SIMULATOR_AGENTS";
    private static final String OPTIONS = "--port, --agents-file, --agents, --scenario, --pace, --replay, --fast and --help";
    private static final int MAX_PORT = 65_535;
    private static final long MAX_PACE = 86_400_000;

    /** Asks for {@link #help}. */
    static boolean asksForHelp(String... args) {
        return Stream.of(args).anyMatch(each -> each.equals("--help") || each.equals("-h"));
    }

    /** What the options are, for a terminal of 80 columns. */
    static List<String> help() {
        Stream<String> options = """
                A simulated GWS on 127.0.0.1, until Ctrl-C. Options:

                  --port NUMBER       the port, 0 for a free one (8090)
                  --scenario NAME     what happens (chat): one of those below, or a file
                  --pace MS           milliseconds between two lines of it (1000)
                  --agents-file FILE  the agents, in lines of name=password
                  --agents LIST       the agents as name:password,... which everybody on this
                                      machine can read in the list of processes; a variable
                                      IMSESSION_SIMULATOR_AGENTS with the same is not
                  --replay FILE       plays what gws-recorder has written, instead of a scenario
                  --fast              plays it as fast as it is taken, not in its time
                  --help              this

                Without agents there are alice and bob, whose password is secret. The first
                two agents play the scenarios:
                """.lines();
        Stream<String> scenarios = Stream.of(BuiltInScenario.values()).flatMap(each -> wrapped(each.word(), each.about()));
        return Stream.concat(options, scenarios).toList();
    }

    private static Stream<String> wrapped(String name, String about) {
        int cut = about.length() <= 60 ? -1 : about.lastIndexOf(' ', 60);
        return cut < 0 ? Stream.of("  %-14s %s".formatted(name, about))
                : Stream.of("  %-14s %s".formatted(name, about.substring(0, cut)), " ".repeat(17) + about.substring(cut + 1));
    }

    /**
     * @param environment the variables of the process
     * @param args        the options, as {@code --port 8090} or {@code --port=8090}
     * @throws IllegalArgumentException naming what is wrong, and what to do, in one line
     */
    static CommandLine parse(Map<String, String> environment, String... args) {
        Map<String, String> options = new LinkedHashMap<>(Map.of("--port", "8090", "--agents-file", "",
                "--agents", environment.getOrDefault(AGENTS_VARIABLE, "alice:secret,bob:secret"), "--scenario", "chat",
                "--pace", "1000", "--replay", ""));
        boolean fast = false;
        for (int i = 0; i < args.length; i++) {
            String[] option = args[i].split("=", 2);
            if (args[i].equals("--fast")) {
                fast = true;
                continue;
            }
            if (!options.containsKey(option[0])) {
                throw new IllegalArgumentException("There is no option " + option[0] + "; the options are " + OPTIONS);
            }
            if (option.length == 1 && (i + 1 == args.length || options.containsKey(args[i + 1]))) {
                throw new IllegalArgumentException("No value stands behind " + option[0] + "; --help shows which");
            }
            options.put(option[0], option.length == 2 ? option[1] : args[++i]);
        }
        int port = (int) number(options, "--port", MAX_PORT);
        Map<String, String> agents = options.get("--agents-file").isEmpty() ? agents(options.get("--agents"))
                : agents(Path.of(options.get("--agents-file")));
        long pace = number(options, "--pace", MAX_PACE);
        Optional<Path> replay = Optional.of(options.get("--replay")).filter(each -> !each.isEmpty()).map(Path::of);
        if (fast && replay.isEmpty()) {
            throw new IllegalArgumentException("--fast is about --replay FILE; give both, or neither");
        }
        if (replay.isPresent()) {
            return new CommandLine(port, Map.of(), Scenario.parse(""), "the recording " + replay.get(), 0, replay,
                    fast);
        }
        String name = options.get("--scenario");
        return BuiltInScenario.named(name)
                .map(each -> new CommandLine(port, agents, each.with(List.copyOf(agents.keySet())), each.about(), pace,
                        Optional.empty(), false))
                .orElseGet(() -> new CommandLine(port, agents, ofFile(name, agents), "as the file says", pace,
                        Optional.empty(), false));
    }

    private static long number(Map<String, String> options, String name, long max) {
        String text = options.get(name);
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, as of a number out of bounds
        }
        throw new IllegalArgumentException(name + " " + text + " is no number from 0 to " + max + "; give one");
    }

    private static Map<String, String> agents(String text) {
        Map<String, String> agents = new LinkedHashMap<>();
        for (String agent : text.split(",")) {
            // what was given may be a password, so it is not shown
            add(agents, agent.split(":", 2), "--agents and " + AGENTS_VARIABLE + " want name:password, separated by commas");
        }
        return agents;
    }

    private static Map<String, String> agents(Path file) {
        Map<String, String> agents = new LinkedHashMap<>();
        int number = 0;
        for (String line : read(file, "The agents file").lines().map(String::strip).toList()) {
            number++;
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(agents, line.split("=", 2), "Line " + number + " of the agents file " + file
                        + " wants to be name=password");
            }
        }
        if (agents.isEmpty()) {
            throw new IllegalArgumentException("The agents file " + file + " names nobody; write lines of name=password");
        }
        return agents;
    }

    private static void add(Map<String, String> agents, String[] parts, String wanted) {
        if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new IllegalArgumentException(wanted + ", and neither is empty");
        }
        String name = parts[0].strip();
        if (agents.put(name, parts[1].strip()) != null) {
            throw new IllegalArgumentException("Agent " + name + " is there twice; leave one out");
        }
    }

    private static Scenario ofFile(String name, Map<String, String> agents) {
        Path file = Path.of(name);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("--scenario " + name + " is neither a file nor one of "
                    + BuiltInScenario.names());
        }
        Scenario scenario = Scenario.parse(read(file, "The scenario file"));
        scenario.agents().stream().filter(each -> !agents.containsKey(each)).findFirst().ifPresent(unknown -> {
            throw new IllegalArgumentException("The scenario file " + file + " names " + unknown
                    + ", who is no agent of this simulator; its agents are " + String.join(", ", agents.keySet()));
        });
        return scenario;
    }

    private static String read(Path file, String what) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(what + " " + file + " is not there; correct its name", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(what + " " + file + " cannot be read as text (" + e
                    + "); give a file of UTF-8 that this user may read", e);
        }
    }

    @Override
    public String toString() {
        return "port " + port + ", agents " + agents.keySet() + ", " + about;
    }
}
