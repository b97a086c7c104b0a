package org.imsession.camel.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Accounts for every event of one agent by number: delivered, delivered again, inside a reported gap, or unaccounted
 * for. An event is sent at some moment between the two readings of the clock around its sending, and inside a gap if
 * one of these moments is; no other slack is given. One thread sends, one reads.
 */
public final class Ledger {

    private final List<Window> sent = new ArrayList<>();
    private final Map<Integer, String> sequences = new HashMap<>();
    private final List<Window> gaps = new ArrayList<>();
    private final Set<Window> skipped = new HashSet<>();
    private final Map<String, Integer> gapsByReason = new TreeMap<>();
    private long offset;
    private int again;
    private int unmarked;
    private int outOfOrder;
    private int highest = -1;

    private record Window(Instant from, Instant to) {

        boolean meets(Window other) {
            return !from.isAfter(other.to) && !to.isBefore(other.from);
        }

        boolean overlaps(Window other) {
            return from.isBefore(other.to) && other.from.isBefore(to);
        }

        boolean holds(Window other) {
            return !from.isAfter(other.from) && !to.isBefore(other.to);
        }
    }

    /** Sends the event of the next number; if that throws, it counts as not sent. */
    public void send(IntConsumer sending) {
        int number = sent();
        Instant before = Instant.now();
        synchronized (this) {
            sent.add(new Window(before, Instant.MAX));
        }
        Instant after = null;
        try {
            sending.accept(number);
            after = Instant.now();
        } finally {
            synchronized (this) {
                if (after == null) {
                    sent.remove(number);
                } else {
                    sent.set(number, new Window(before, after));
                }
            }
        }
    }

    /** How many events were sent. */
    public synchronized int sent() {
        return sent.size();
    }

    /**
     * The sums.
     *
     * @param sent        events sent
     * @param delivered   events that arrived at least once
     * @param again       arrivals beyond the first
     * @param unmarked    arrivals beyond the first that were not marked as redelivered, or with another sequence
     * @param gaps        gaps reported
     * @param gapSeconds  how long they are together
     * @param inGaps      events that did not arrive, inside a gap
     * @param unaccounted events that neither arrived nor are inside a gap
     * @param outOfOrder  first arrivals behind one of a higher number
     */
    public record Sums(int sent, int delivered, int again, int unmarked, int gaps, long gapSeconds, int inGaps,
                       int unaccounted, int outOfOrder) {

        /** Nothing. */
        public static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, 0, 0, 0);

        /** Both together. */
        public Sums plus(Sums other) {
            return new Sums(sent + other.sent, delivered + other.delivered, again + other.again,
                    unmarked + other.unmarked, gaps + other.gaps, gapSeconds + other.gapSeconds,
                    inGaps + other.inGaps, unaccounted + other.unaccounted, outOfOrder + other.outOfOrder);
        }
    }

    /** Reads what was written into a {@link Journal} since the last time, and gives the sums so far. */
    public synchronized Sums settle(Path journal) throws IOException {
        return settle(newLines(journal));
    }

    /** The same with lines as a {@link Journal} has them, of any other place that keeps events in their order. */
    public synchronized Sums settle(List<String> newLines) {
        newLines.forEach(line -> note(line.split("\t", -1)));
        int missing = missing(sent.size() - 1).size();
        int inGaps = sent.size() - sequences.size() - missing;
        return new Sums(sent.size(), sequences.size(), again, unmarked, gaps.size(),
                gaps.stream().mapToLong(gap -> Duration.between(gap.from(), gap.to()).toMillis()).sum() / 1000, inGaps,
                missing, outOfOrder);
    }

    /** Events that are unaccounted for although one behind them has arrived: number and time of each. */
    public synchronized List<String> overtaken() {
        return missing(highest).stream().map(number -> number + " sent at " + sent.get(number).from()).toList();
    }

    /** How many gaps were reported for which reason. */
    public synchronized Map<String, Integer> gapsByReason() {
        return new TreeMap<>(gapsByReason);
    }

    /**
     * Gaps that overlap one told before them. One that holds all of another may be that one, told again by a process
     * that could not know that it had been told; and a message that was skipped has a gap of its own, also within a
     * time in which others were dropped.
     */
    public synchronized List<String> overlapping() {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < gaps.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (gaps.get(i).overlaps(gaps.get(j)) && !gaps.get(i).holds(gaps.get(j))
                        && !(skipped.contains(gaps.get(i)) && gaps.get(j).holds(gaps.get(i)))) {
                    pairs.add(gaps.get(j) + " and " + gaps.get(i));
                }
            }
        }
        return pairs;
    }

    /**
     * How many gaps were told again, as longer ones: a process that is killed when a gap has been kept, but not yet
     * that it has been told, leaves it to the next one, which tells it with its own time as the end.
     */
    public synchronized long toldAgain() {
        return IntStream.range(0, gaps.size()).filter(told -> gaps.subList(told + 1, gaps.size()).stream()
                .anyMatch(later -> later.from().equals(gaps.get(told).from()) && later.holds(gaps.get(told)))).count();
    }

    private List<Integer> missing(int last) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number <= last; number++) {
            Window window = sent.get(number);
            if (!sequences.containsKey(number) && gaps.stream().noneMatch(window::meets)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private List<String> newLines(Path journal) throws IOException {
        if (!Files.exists(journal)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "r")) {
            byte[] bytes = new byte[(int) (file.length() - offset)];
            file.seek(offset);
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = text.lastIndexOf('\n') + 1; // what is behind it is still being written
            offset += end;
            return text.substring(0, end).lines().toList();
        }
    }

    private void note(String[] fields) {
        if (fields[0].equals(Journal.GAP)) {
            Window gap = new Window(Instant.parse(fields[1]), Instant.parse(fields[2]));
            gaps.add(gap);
            if (fields[3].endsWith("_SKIPPED")) {
                skipped.add(gap);
            }
            gapsByReason.merge(fields[3], 1, Integer::sum);
        } else if (fields[0].equals(Journal.EVENT)) {
            int number = Integer.parseInt(fields[1]);
            String before = sequences.putIfAbsent(number, fields[2]);
            if (before != null) {
                again++;
                unmarked += before.equals(fields[2]) && fields[3].equals("true") ? 0 : 1;
            } else if (number < highest) {
                outOfOrder++;
            }
            highest = Math.max(highest, number);
        }
    }
}
