package org.imsession.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imsession.demo.Screen.Look;
import org.imsession.demo.Screen.Part;

/**
 * Shows what happens at GWS, and below it a line for each event of each feed, whose sinks are ticked off as they get
 * it; and counts. Where lines cannot be rewritten, an event is shown when all its sinks have it, or after a while with
 * those that have. Safe for use by several threads.
 */
final class Board {

    /** Where an event can arrive. */
    enum Sink { FILE, JMS, HTTP }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final JsonMapper JSON = new JsonMapper();
    /** What a line has left between whose feed it is and its sinks. */
    private static final int TEXT = 35;
    /** Events that are known when they come again. */
    private static final int REMEMBERED = 1000;

    private final Screen screen;
    private final Clock clock;
    private final Map<String, Look> agents = new LinkedHashMap<>();
    private final Map<Sink, Integer> counts = new EnumMap<>(Sink.class);
    private final Map<String, Event> events = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Entry<String, Event> eldest) {
            return size() > REMEMBERED;
        }
    };

    Board(Screen screen, Clock clock, String... agents) {
        this.screen = screen;
        this.clock = clock;
        Look[] looks = { Look.CYAN, Look.MAGENTA };
        for (String agent : agents) {
            this.agents.put(agent, looks[this.agents.size() % looks.length]);
        }
        for (Sink sink : Sink.values()) {
            counts.put(sink, 0);
        }
    }

    synchronized void say(String text) {
        screen.print(text);
    }

    /** Something happens at GWS; who does it comes first. */
    synchronized void happens(String what) {
        String who = what.substring(0, Math.max(0, what.indexOf(' ')));
        screen.print();
        screen.print(new Part(Look.FAINT, now() + "  "), new Part(Look.BOLD, "GWS: "),
                new Part(agents.getOrDefault(who, Look.PLAIN), who),
                Part.of(what.substring(who.length()).replaceFirst("^ says (.*)", " says \"$1\"")));
    }

    /** The JSON of an event of an agent's feed has arrived, bare or in a CloudEvent. */
    synchronized void arrived(Sink sink, String agent, String sequence, String json) {
        Event event = events.computeIfAbsent(agent + ' ' + sequence, key -> new Event(agent, clock.instant(), json));
        if (!event.reached.add(sink)) {
            screen.print(line(event, List.of(Part.of(" once more: " + name(sink)))));
            return;
        }
        counts.merge(sink, 1, Integer::sum);
        if (screen.rewrites() && event.line < 0 || event.isComplete()) {
            show(event);
        } else if (screen.rewrites()) {
            screen.rewrite(event.line, line(event));
        }
    }

    /** Shows the events that have waited for so long to be shown. */
    synchronized void showWhatWaits(Duration limit) {
        Instant before = clock.instant().minus(limit);
        events.values().stream().filter(event -> event.line < 0 && !event.since.isAfter(before)).forEach(this::show);
    }

    private void show(Event event) {
        if (event.line < 0 || !screen.rewrite(event.line, line(event))) {
            event.line = screen.print(line(event));
        }
    }

    private Part[] line(Event event) {
        List<Part> ticks = new ArrayList<>();
        for (Sink sink : Sink.values()) {
            boolean has = event.reached.contains(sink);
            if (event.expected.contains(sink)) {
                ticks.add(new Part(has ? Look.GREEN : Look.FAINT, (has ? " [x] " : " [ ] ") + name(sink)));
            }
        }
        return line(event, ticks);
    }

    private Part[] line(Event event, List<Part> end) {
        return Stream.concat(Stream.of(Part.of("  feed of "),
                new Part(agents.getOrDefault(event.agent, Look.PLAIN), "%-5s".formatted(event.agent)),
                Part.of(("  %-" + TEXT + "s ").formatted(Screen.cut(event.summary, TEXT)))), end.stream())
                .toArray(Part[]::new);
    }

    private static String name(Sink sink) {
        return sink.name().toLowerCase(Locale.ROOT);
    }

    /** How many have arrived at each sink, against how many were sent. */
    synchronized void count(long sent) {
        screen.print();
        screen.print(new Part(Look.FAINT, now() + "  "),
                Part.of("Sent by GWS: %d. Arrived: file %d, jms %d, http %d.".formatted(sent, counts.get(Sink.FILE),
                        counts.get(Sink.JMS), counts.get(Sink.HTTP))));
    }

    /** Whether so many have arrived at every sink. */
    synchronized boolean complete(long sent) {
        return counts.values().stream().allMatch(count -> count >= sent);
    }

    private String now() {
        return LocalTime.now(clock).format(TIME);
    }

    /** An event on its way to its sinks. */
    private static final class Event {

        private final String agent;
        private final Instant since;
        private final String summary;
        private final Set<Sink> expected;
        private final Set<Sink> reached = EnumSet.noneOf(Sink.class);
        /** Its line on the screen, below zero before it has one. */
        private long line = -1;

        Event(String agent, Instant since, String json) {
            this.agent = agent;
            this.since = since;
            JsonNode data = data(json);
            JsonNode session = data.path("imSession");
            String kind = data.path("notificationType").asText();
            switch (data.path("messageType").asText()) {
                case "IMLogUpdateMessage" -> summary = '"' + data.path("message").asText() + '"';
                case "IMSessionStateChangeMessage" -> summary = kind + ' ' + (kind.equals("AttachedDataChanged")
                        ? userData(session.path("userData")) : session.path("state").asText());
                default -> {
                    // the samples give what nobody understands, and gaps, to the file only
                    summary = data.toString();
                    expected = EnumSet.of(Sink.FILE);
                    return;
                }
            }
            expected = EnumSet.allOf(Sink.class);
        }

        private static JsonNode data(String json) {
            try {
                JsonNode event = JSON.readTree(json);
                return event.has("specversion") ? event.path("data") : event;
            } catch (IOException e) {
                throw new UncheckedIOException("A sink got something that is no JSON", e);
            }
        }

        private static String userData(JsonNode pairs) {
            return pairs.properties().stream().map(each -> each.getKey() + '=' + each.getValue().asText())
                    .collect(Collectors.joining(" "));
        }

        boolean isComplete() {
            return reached.containsAll(expected);
        }
    }
}
