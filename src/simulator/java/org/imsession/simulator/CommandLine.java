package org.imsession.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The options of {@link GwsSimulatorMain}.
 *
 * @param port       the port, 0 for a free one
 * @param agents     passwords by login name, in the order given
 * @param scenario   the name or file of the scenario
 * @param paceMillis the time between two lines of it
 */
record CommandLine(int port, Map<String, String> agents, String scenario, long paceMillis) {

    /** Holds what {@code --agents} would, but is not in the list of processes, which every user of a machine can read. */
    static final String AGENTS_VARIABLE = "IMSESSION_SIMULATOR_AGENTS";
    private static final String USAGE = "Options: --port <number> --agents-file <file of lines name=password> "
            + "--scenario <chat|none|file> --pace <milliseconds>; or agents in the environment: " + AGENTS_VARIABLE
            + "=<name:password,...>; or, with passwords that everybody on this machine may read, --agents "
            + "<name:password,...>";

    /**
     * @param environment the variables of the process
     * @param args        the options
     */
    static CommandLine parse(Map<String, String> environment, String... args) {
        Map<String, String> options = new LinkedHashMap<>(Map.of("--port", "8090", "--agents-file", "",
                "--agents", environment.getOrDefault(AGENTS_VARIABLE, "alice:secret,bob:secret"), "--scenario", "chat",
                "--pace", "1000"));
        for (int i = 0; i < args.length; i += 2) {
            if (!options.containsKey(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException("Unknown option, or no value for it: " + args[i] + "\n" + USAGE);
            }
            options.put(args[i], args[i + 1]);
        }
        return new CommandLine((int) number(options, "--port"),
                options.get("--agents-file").isEmpty() ? agents(options.get("--agents"))
                        : agents(Path.of(options.get("--agents-file"))),
                options.get("--scenario"), number(options, "--pace"));
    }

    private static long number(Map<String, String> options, String name) {
        try {
            return Long.parseLong(options.get(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is not a number: " + options.get(name) + "\n" + USAGE, e);
        }
    }

    private static Map<String, String> agents(String text) {
        Map<String, String> agents = new LinkedHashMap<>();
        for (String agent : text.split(",")) {
            String[] parts = agent.split(":", 2);
            if (parts.length < 2) {
                // what was given may be a password, so it is not shown
                throw new IllegalArgumentException("--agents and " + AGENTS_VARIABLE
                        + " want name:password, separated by commas\n" + USAGE);
            }
            agents.put(parts[0], parts[1]);
        }
        return agents;
    }

    private static Map<String, String> agents(Path file) {
        Map<String, String> agents = new LinkedHashMap<>();
        try {
            Files.readAllLines(file).stream().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = line.split("=", 2);
                        if (parts.length < 2) {
                            throw new IllegalArgumentException("--agents-file wants lines of name=password\n" + USAGE);
                        }
                        agents.put(parts[0].strip(), parts[1].strip());
                    });
        } catch (IOException e) {
            throw new IllegalArgumentException("The file of agents cannot be read: " + e + "\n" + USAGE, e);
        }
        return agents;
    }

    @Override
    public String toString() {
        return "port " + port + ", agents " + agents.keySet() + ", scenario " + scenario;
    }
}
