package org.imsession.simulator;

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

    private static final String USAGE = "Options: --port <number> --agents <name:password,...> "
            + "--scenario <chat|none|file> --pace <milliseconds>";

    static CommandLine parse(String... args) {
        Map<String, String> options = new LinkedHashMap<>(Map.of("--port", "8090",
                "--agents", "alice:secret,bob:secret", "--scenario", "chat", "--pace", "1000"));
        for (int i = 0; i < args.length; i += 2) {
            if (!options.containsKey(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException("Unknown option, or no value for it: " + args[i] + "\n" + USAGE);
            }
            options.put(args[i], args[i + 1]);
        }
        return new CommandLine((int) number(options, "--port"), agents(options.get("--agents")),
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
                throw new IllegalArgumentException("--agents wants name:password, separated by commas\n" + USAGE);
            }
            agents.put(parts[0], parts[1]);
        }
        return agents;
    }

    @Override
    public String toString() {
        return "port " + port + ", agents " + agents.keySet() + ", scenario " + scenario;
    }
}
