package org.imsession.camel.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Accounts for every event by number: delivered, delivered again, inside a reported gap, or unaccounted for. */
final class Ledger {

    private final List<Instant> sent = new ArrayList<>();

    /** Notes that the event of the next number is about to be sent; its number. */
    synchronized int next() {
        sent.add(Instant.now());
        return sent.size() - 1;
    }

    synchronized int sent() {
        return sent.size();
    }

    /**
     * The sums.
     *
     * @param sent            events sent
     * @param delivered       events that arrived at least once
     * @param again           arrivals beyond the first
     * @param unmarked        arrivals beyond the first that were not marked as redelivered, or with another sequence
     * @param gaps            gaps reported
     * @param inGaps          events that did not arrive, inside a gap
     * @param unaccounted     events that neither arrived nor are inside a gap
     * @param outOfOrder      first arrivals behind one of a higher number
     */
    record Sums(int sent, int delivered, int again, int unmarked, int gaps, int inGaps, int unaccounted,
                int outOfOrder) {
    }

    /** Compares what was sent with the journal of the victims. */
    synchronized Sums settle(Path journal) throws IOException {
        Map<Integer, String> sequences = new HashMap<>();
        List<Instant[]> gaps = new ArrayList<>();
        int again = 0;
        int unmarked = 0;
        int outOfOrder = 0;
        int highest = -1;
        for (String line : Files.readAllLines(journal)) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals("GAP")) {
                gaps.add(new Instant[] { Instant.parse(fields[1]), Instant.parse(fields[2]) });
            } else if (fields[0].equals("TEXT")) {
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
        int inGaps = 0;
        int unaccounted = 0;
        for (int number = 0; number < sent.size(); number++) {
            if (!sequences.containsKey(number)) {
                Instant at = sent.get(number);
                boolean covered = gaps.stream().anyMatch(gap -> !at.isBefore(gap[0]) && !at.isAfter(gap[1]));
                inGaps += covered ? 1 : 0;
                unaccounted += covered ? 0 : 1;
            }
        }
        return new Sums(sent.size(), sequences.size(), again, unmarked, gaps.size(), inGaps, unaccounted, outOfOrder);
    }

    /** How many different events the journal holds. */
    static long delivered(Path journal) {
        try {
            return Files.exists(journal) ? Files.readAllLines(journal).stream().filter(l -> l.startsWith("TEXT"))
                    .map(l -> l.split("\t")[1]).distinct().count() : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
