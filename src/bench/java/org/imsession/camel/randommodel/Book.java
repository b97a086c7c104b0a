package org.imsession.camel.randommodel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Accounts for each number that was sent, for each route: delivered, inside exactly one gap, or not followed by the
 * contract's own words. Server, routes and book have one clock, so an event is in a gap if and only if the moment in
 * which it was queued is in [from, to). Safe for use by several threads.
 */
final class Book {

    private final List<Instant> sent = new ArrayList<>();
    private final Map<String, String> sequences = new HashMap<>();
    private final List<Page> pages = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int unmarked;
    private int otherFaults;
    private long saves;
    private final Map<Integer, Long> savesAtDeath = new HashMap<>();

    /** A gap that a route has ended, and how often a position had been saved by then, in which process. */
    private record Told(Instant from, Instant to, String reason, int life, long saves) {

        boolean holds(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(to);
        }

        boolean overlaps(Told other) {
            return from.isBefore(other.to) && other.from.isBefore(to);
        }
    }

    /** What is known of one route. */
    private static final class Page {

        private final Map<Integer, String> entered = new HashMap<>();
        private final Set<Integer> delivered = new HashSet<>();
        private final Set<Integer> excused = new HashSet<>();
        private final List<Told> gaps = new ArrayList<>();
        private int highest = -1;
        private int highestOfLife = -1;
        private int life;
        private boolean followed;
    }

    /**
     * @param unaccounted events that neither were delivered nor are inside a gap nor excused
     * @param unmarked    repeated deliveries without a mark or with another sequence
     * @param overlapping pairs of gaps of one route that overlap
     * @param other       whatever else is wrong
     * @param faults      all of them in words
     */
    record Verdict(int events, int delivered, int inGaps, int excused, int gaps, int unaccounted, int unmarked,
                   int overlapping, int other, List<String> faults) {

        boolean isClean() {
            return faults.isEmpty();
        }
    }

    Book(int routes) {
        for (int i = 0; i < routes; i++) {
            pages.add(new Page());
        }
    }

    /** The next number is sent, now. */
    synchronized int sent() {
        int number = sent.size();
        sent.add(Instant.now());
        pages.stream().filter(page -> !page.followed).forEach(page -> page.excused.add(number));
        return number;
    }

    synchronized int count() {
        return sent.size();
    }

    /** A position was saved. */
    synchronized void saved() {
        saves++;
    }

    /** The process of that number is gone, perhaps by force before it had kept everything. */
    synchronized void gone(int life) {
        savesAtDeath.put(life, saves);
    }

    /** From now on the route is liable, if it was not. */
    synchronized void follows(int route) {
        pages.get(route).followed = true;
    }

    /** What the route has not had, and what is sent until it follows again, is not followed. */
    synchronized void leaves(int route) {
        Page page = pages.get(route);
        page.followed = false;
        for (int number = 0; number < sent.size(); number++) {
            if (!page.delivered.contains(number)) {
                page.excused.add(number);
            }
        }
    }

    synchronized void fault(String what) {
        otherFaults++;
        faults.add(what);
    }

    /**
     * A number enters a route: in order, but for what comes again in another process, or after a gap in which a route
     * was away while another one had it: that may be new to it.
     */
    synchronized void enters(int life, int route, int number, String sequence, boolean redelivered) {
        Page page = pages.get(route);
        page.highestOfLife = life == page.life ? page.highestOfLife : -1;
        page.followed = true;
        page.excused.removeIf(each -> each > number);
        belongs(sequence, "event " + number);
        String before = page.entered.putIfAbsent(number, sequence);
        if (before != null && (!redelivered || !before.equals(sequence))) {
            unmarked++;
            faults.add("route " + route + ": " + number + " came again " + (redelivered ? "" : "without a mark, ")
                    + "as " + sequence + ", first as " + before);
        } else if (before == null && number < (!redelivered ? page.highest
                : gaps(page, number) > 0 ? -1 : page.highestOfLife)) {
            fault("route " + route + ": " + number + " came behind " + page.highest);
        }
        page.highest = Math.max(page.highest, number);
        page.highestOfLife = life == page.life ? Math.max(page.highestOfLife, number) : number;
        page.life = life;
    }

    /** A sequence is given out to one event only. */
    synchronized void belongs(String sequence, String event) {
        String before = sequences.putIfAbsent(sequence, event);
        if (before != null && !before.equals(event)) {
            fault("sequence " + sequence + " of " + before + " and of " + event);
        }
    }

    synchronized void delivered(int route, int number) {
        pages.get(route).delivered.add(number);
    }

    synchronized void told(int route, Instant from, Instant to, String reason, int life) {
        pages.get(route).gaps.add(new Told(from, to, reason, life, saves));
    }

    synchronized boolean hasAll(int route) {
        return hasAll(pages.get(route));
    }

    private boolean hasAll(Page page) {
        for (int number = 0; number < sent.size(); number++) {
            if (!page.delivered.contains(number) && !page.excused.contains(number) && gaps(page, number) == 0) {
                return false;
            }
        }
        return true;
    }

    synchronized boolean has(int route, int number) {
        return pages.get(route).delivered.contains(number);
    }

    private long gaps(Page page, int number) {
        return page.gaps.stream().filter(gap -> gap.holds(sent.get(number))).count();
    }

    synchronized Verdict judge() {
        List<String> words = new ArrayList<>(faults);
        int delivered = 0;
        int inGaps = 0;
        int excused = 0;
        int unaccounted = 0;
        int overlapping = 0;
        int gaps = 0;
        for (int route = 0; route < pages.size(); route++) {
            Page page = pages.get(route);
            gaps += page.gaps.size();
            List<Integer> missing = new ArrayList<>();
            for (int number = 0; number < sent.size(); number++) {
                long windows = gaps(page, number);
                if (page.delivered.contains(number)) {
                    delivered++;
                } else if (windows > 0) {
                    inGaps++;
                } else if (page.excused.contains(number)) {
                    excused++;
                } else {
                    unaccounted++;
                    missing.add(number);
                }
            }
            if (!missing.isEmpty()) {
                words.add("route " + route + ": unaccounted for " + missing + ", sent from " + sent.get(missing.get(0))
                        + " to " + sent.get(missing.get(missing.size() - 1)) + "; its gaps: " + page.gaps);
            }
            overlapping += overlaps(route, page, words);
        }
        return new Verdict(sent.size(), delivered, inGaps, excused, gaps, unaccounted, unmarked, overlapping,
                otherFaults, words);
    }

    private int overlaps(int route, Page page, List<String> words) {
        List<Told> ordered = new ArrayList<>(page.gaps);
        ordered.sort(Comparator.comparing(Told::from));
        int overlaps = 0;
        for (int i = 0; i < ordered.size(); i++) {
            for (int j = i + 1; j < ordered.size() && ordered.get(j).from().isBefore(ordered.get(i).to()); j++) {
                Told one = ordered.get(i);
                Told other = ordered.get(j);
                if (one.overlaps(other) && !isToldAgain(one, other)) {
                    overlaps++;
                    words.add("route " + route + ": gaps overlap: " + one + " and " + other);
                }
            }
        }
        return overlaps;
    }

    /**
     * A process that dies between the end of a gap and the next save tells it again, for it has not ended for sure; that
     * save may be the second one, if the first had been composed before.
     */
    private boolean isToldAgain(Told one, Told other) {
        Told first = one.life() <= other.life() ? one : other;
        Told second = first == one ? other : one;
        Long saved = savesAtDeath.get(first.life());
        return first.life() != second.life() && saved != null && saved <= first.saves() + 1;
    }
}
