package com.example.follower;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;

/** What the route of one agent was given, and the account of it. */
final class Book {

    private final String agent;
    private final String proxy;
    private final String url;
    private final Map<Integer, Integer> delivered = new TreeMap<>();
    private final List<FeedGap> gaps = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int highest;

    /**
     * @param agent the agent
     * @param proxy what is between it and the server
     * @param url   what it takes for the server
     */
    Book(String agent, String proxy, String url) {
        this.agent = agent;
        this.proxy = proxy;
        this.url = url;
    }

    /**
     * The account.
     *
     * @param server      the server
     * @param proxy       what is between
     * @param sent        how many numbers were sent
     * @param delivered   how many of them were delivered
     * @param again       how often one was delivered again, marked
     * @param gaps        how many gaps were told
     * @param inGaps      how many numbers lie in a gap and were not delivered
     * @param before      how many were sent before the agent was live for the first time
     * @param unaccounted how many are none of this
     */
    record Account(String server, String proxy, int sent, int delivered, int again, int gaps, int inGaps, int before,
                   int unaccounted) {

        static final String HEAD = "| Server | Proxy | Sent | Delivered | Again, marked | Gaps | Only in a gap "
                + "| Before first live | Unaccounted |\n|---|---|---:|---:|---:|---:|---:|---:|---:|";

        String row() {
            return "| %s | %s | %d | %d | %d | %d | %d | %d | %d |".formatted(server, proxy, sent, delivered, again, gaps,
                    inGaps, before, unaccounted);
        }
    }

    String agent() {
        return agent;
    }

    String url() {
        return url;
    }

    synchronized void note(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof FeedGap gap) {
            gaps.stream().filter(other -> gap.from().isBefore(other.to()) && other.from().isBefore(gap.to()))
                    .forEach(other -> faults.add(other + " overlaps " + gap));
            gaps.add(gap);
        } else if (body instanceof IMLogUpdateMessage text) {
            int number = Integer.parseInt(text.message());
            boolean marked = exchange.getMessage().getHeader(IMSessionConstants.REDELIVERED, false, Boolean.class);
            if (number <= highest && !marked) {
                faults.add(number + " after " + highest + ", not marked");
            }
            highest = Math.max(highest, number);
            delivered.merge(number, 1, Integer::sum);
        }
    }

    synchronized int highest() {
        return highest;
    }

    synchronized int gaps() {
        return gaps.size();
    }

    synchronized List<FeedGap> told() {
        return List.copyOf(gaps);
    }

    /** What must be empty: out of order or twice without a mark, gaps that overlap. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized Account account(ForeignServer server, List<Sender.Sent> all) {
        int sent = 0;
        int inGaps = 0;
        int before = 0;
        int unaccounted = 0;
        int first = delivered.isEmpty() ? Integer.MAX_VALUE : delivered.keySet().iterator().next();
        for (Sender.Sent each : all) {
            boolean told = gaps.stream().anyMatch(gap -> covers(gap, each));
            for (int number = each.from(); number <= each.to(); number++) {
                sent++;
                if (!delivered.containsKey(number)) {
                    inGaps += told ? 1 : 0;
                    before += !told && number < first ? 1 : 0;
                    unaccounted += !told && number > first ? 1 : 0;
                }
            }
        }
        int again = delivered.values().stream().mapToInt(times -> times - 1).sum();
        return new Account(server.toString(), proxy, sent, delivered.size(), again, gaps.size(), inGaps, before,
                unaccounted);
    }

    /** The moment of sending is known as a span only. */
    private static boolean covers(FeedGap gap, Sender.Sent sent) {
        Instant from = gap.from();
        return !from.isAfter(sent.notAfter()) && sent.notBefore().isBefore(gap.to());
    }
}
