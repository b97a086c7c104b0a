package org.imsession.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the text of a {@link Scenario}. */
final class ScenarioParser {

    private ScenarioParser() {
    }

    static List<ScenarioLine> parse(String text) {
        List<ScenarioLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R")) {
            number++;
            String trimmed = line.trim();
            if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
                try {
                    lines.add(line(trimmed));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("Line " + number + " of the scenario: " + e.getMessage(), e);
                }
            }
        }
        return lines;
    }

    private static ScenarioLine line(String text) {
        String[] words = text.split("\\s+", 3);
        if (words[0].equals("repeat") && words.length == 1) {
            return new ScenarioLine.Repeat();
        }
        if (words[0].equals("wait") && words.length == 2) {
            return new ScenarioLine.Waits(duration(words[1]));
        }
        if (words[0].equals("service") && words.length == 3) {
            return new ScenarioLine.Service(words[1], words[2]);
        }
        if (words[0].equals("server") && words.length > 1) {
            return server(text.substring("server".length()).trim().replaceAll("\\s+", " "));
        }
        if (words.length < 2) {
            throw new IllegalArgumentException("'" + text + "' has no verb");
        }
        String rest = words.length < 3 ? "" : words[2];
        return switch (words[1]) {
            case "calls" -> new ScenarioLine.Calls(words[0], needed(rest, "whom"));
            case "answers" -> new ScenarioLine.Answers(words[0]);
            case "says" -> new ScenarioLine.Says(words[0], needed(rest, "what"));
            case "attaches" -> new ScenarioLine.Attaches(words[0], pairs(needed(rest, "what")));
            case "deletes" -> new ScenarioLine.Deletes(words[0], needed(rest, "which key"));
            case "completes" -> new ScenarioLine.Completes(words[0]);
            default -> throw new IllegalArgumentException("'" + words[1] + "' is none of calls, answers, says, "
                    + "attaches, deletes, completes");
        };
    }

    private static ScenarioLine server(String text) {
        ServerDeed deed = ServerDeed.of(text).orElseThrow(() -> new IllegalArgumentException(
                "'" + text + "' is nothing that a server does, which is one of: " + ServerDeed.all()));
        String time = deed.time(text);
        return new ScenarioLine.Server(deed, time.isEmpty() ? Duration.ZERO : duration(time));
    }

    private static String needed(String rest, String question) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("it does not say " + question);
        }
        return rest;
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split("\\s+")) {
            String[] parts = pair.split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("'" + pair + "' is not key=value");
            }
            pairs.put(parts[0], parts[1]);
        }
        return pairs;
    }

    private static Duration duration(String text) {
        try {
            return text.endsWith("ms") ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                    : Duration.ofMillis(Math.round(1000 * Double.parseDouble(text.replaceFirst("s$", ""))));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a time like 2s or 300ms", e);
        }
    }
}
