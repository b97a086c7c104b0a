package org.imsession.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Map;

/** Prints what happens, one aligned line each, and counts. Safe for use by several threads. */
final class Board {

    /** Where an event can arrive. */
    enum Sink { FILE, JMS, HTTP }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_TEXT = 48;

    private final PrintStream out;
    private final Map<Sink, Integer> counts = new EnumMap<>(Sink.class);

    Board(PrintStream out) {
        this.out = out;
        for (Sink sink : Sink.values()) {
            counts.put(sink, 0);
        }
    }

    synchronized void say(String line) {
        out.println(line);
    }

    /** Something happens at GWS. */
    synchronized void happens(String what) {
        out.printf("%n%s  GWS   %s%n", now(), what);
    }

    /** The JSON of an event has arrived, bare or in a CloudEvent. */
    synchronized void arrived(Sink sink, String agent, String where, String json) {
        counts.merge(sink, 1, Integer::sum);
        out.printf("%s  %-4s  %-5s  %-36s  %s%n", now(), sink.name().toLowerCase(), agent, where, summary(json));
    }

    /** How many have arrived at each sink, against how many were sent. */
    synchronized void count(long sent) {
        out.printf("%n%s  ====  sent %d   files %d   jms %d   http %d%n", now(), sent, counts.get(Sink.FILE),
                counts.get(Sink.JMS), counts.get(Sink.HTTP));
    }

    /** Whether so many have arrived at every sink. */
    synchronized boolean complete(long sent) {
        return counts.values().stream().allMatch(count -> count >= sent);
    }

    private static String now() {
        return LocalTime.now().format(TIME);
    }

    private static String summary(String json) {
        try {
            JsonNode event = JSON.readTree(json);
            JsonNode data = event.has("specversion") ? event.path("data") : event;
            return switch (data.path("messageType").asText()) {
                case "IMSessionStateChangeMessage" -> data.path("notificationType").asText() + " "
                        + (data.path("notificationType").asText().equals("AttachedDataChanged")
                        ? data.path("imSession").path("userData") : data.path("imSession").path("state").asText());
                case "IMLogUpdateMessage" -> '"' + shortened(data.path("message").asText()) + '"';
                default -> shortened(data.toString());
            };
        } catch (IOException e) {
            throw new UncheckedIOException("A sink got something that is no JSON", e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }
}
