package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cometd.common.JSONContext;
import org.imsession.camel.gws.AnswerMemory;
import org.junit.jupiter.api.Test;

/**
 * The real parser and ledger against a model of CometD's server queue ({@code BatchArrayQueue}), in thousands of random
 * schedules: connects that come late, answers that are cut, late or overtaken, events in the answer to the handshake
 * and in any order around the reply, small limits on memory and on answers, work that ends out of order, sessions that
 * are lost, and processes that are killed before and after their position is saved. No threads, no time: a failure
 * names its seed, and that seed always fails.
 */
class AckLedgerModelTest {

    private static final int SCHEDULES = 2_000;
    private static final int STEPS = 150;

    @Test
    void withAcknowledgementEveryEventIsEndedBeforeItIsForgottenOrInAGap() {
        for (long seed = 1; seed <= SCHEDULES; seed++) {
            new World(seed, true).run();
        }
    }

    @Test
    void withoutAcknowledgementEveryEventIsTakenOnceOrInAGap() {
        for (long seed = 1; seed <= SCHEDULES; seed++) {
            new World(seed, false).run();
        }
    }

    /** What the server has queued, by its number within the session. */
    private static final class Queued {

        private final String json;
        private final Instant at;
        private final long batch;
        private boolean delivered;
        private boolean ended;

        Queued(String json, Instant at, long batch) {
            this.json = json;
            this.at = at;
            this.batch = batch;
        }
    }

    /** An answer on its way. */
    private record Underway(String id, byte[] bytes, JSONContext.AsyncParser parser, int parsed) {
    }

    private static final class World {

        private final long seed;
        private final Random random;
        private final boolean acknowledging;
        private final int maxPending;
        private final int maxMessageSize;
        private final List<ReceivedEvent> working = new ArrayList<>();
        private final List<Underway> late = new ArrayList<>();
        private long tick;

        // the server
        private List<Queued> events = new ArrayList<>();
        private int forgotten;
        private long batch = 1;
        private int stray;

        // the client
        private AckLedger ledger;
        private SessionPosition saved;
        private long next;
        private int requests;

        World(long seed, boolean acknowledging) {
            this.seed = seed;
            this.random = new Random(seed);
            this.acknowledging = acknowledging;
            this.maxPending = 1 + random.nextInt(12);
            this.maxMessageSize = random.nextBoolean() ? 1 << 20 : 200 + random.nextInt(400);
        }

        void run() {
            newSession();
            for (int step = 0; step < STEPS; step++) {
                tick++;
                switch (random.nextInt(20)) {
                    case 0, 1, 2, 3, 4, 5 -> publish();
                    case 6, 7, 8, 9 -> end(random.nextInt(3));
                    case 10, 11, 12, 13, 14, 15 -> connect();
                    case 16 -> arriveLate();
                    case 17 -> strayConnect();
                    case 18 -> mishap();
                    default -> otherMeta();
                }
            }
            drain();
        }

        private void mishap() {
            if (random.nextInt(3) == 0) {
                loseSession();
            } else if (acknowledging) {
                kill();
            }
        }

        private Instant now() {
            return Instant.ofEpochMilli(tick);
        }

        private void newSession() {
            events = new ArrayList<>();
            forgotten = 0;
            batch = 1;
            stray = 0;
            late.clear();
            Instant begun = now();
            tick++;
            String id = "h" + requests++;
            ledger = new AckLedger(acknowledging, id, begun, this::now, () -> { });
            saved = null;
            next = 0;
            if (random.nextBoolean()) { // events in the answer to the handshake
                publish();
                tick++;
                receive(begin(id, answer(id, "/meta/handshake", acknowledging ? batch++ : -1)));
            }
        }

        private void publish() {
            for (int i = random.nextInt(4); i > 0; i--) {
                String text = random.nextInt(8) == 0 ? "x".repeat(random.nextInt(400)) : "same " + random.nextInt(2);
                events.add(new Queued("\"" + text + "\"", now(), batch));
            }
        }

        /** The route ends an event; two routes may end them in another order than they began. */
        private void end(int ahead) {
            if (!working.isEmpty()) {
                ReceivedEvent event = working.remove(Math.min(ahead, working.size() - 1));
                if (event.ledger() == ledger) {
                    events.get((int) event.position()).ended = true;
                }
                event.ledger().ended(event);
            }
        }

        private void connect() {
            tick++;
            String id = String.valueOf(requests++);
            Acknowledged acknowledged = ledger.acknowledge(id);
            if (acknowledging) {
                saved = new SessionPosition("id", "name", acknowledged.batch(), acknowledged.end(),
                        acknowledged.settled());
            }
            tick++;
            int fate = random.nextInt(10);
            if (fate == 0) {
                interrupted(); // the request never came, or comes behind those after it
                stray += random.nextInt(2);
                return;
            }
            forget(acknowledged.batch());
            byte[] bytes = answer(id, "/meta/connect", acknowledging ? batch++ : -1);
            if (fate == 1) {
                interrupted(); // the answer is cut, and never heard of again
            } else if (fate == 2 && acknowledging) {
                late.add(begin(id, bytes)); // it is overtaken by the next connects
            } else {
                receive(begin(id, bytes));
            }
        }

        /** A server that keeps nothing may put events into any answer. */
        private void otherMeta() {
            if (!acknowledging) {
                tick++;
                String id = "s" + requests++;
                receive(begin(id, answer(id, "/meta/subscribe", -1)));
            }
        }

        private void arriveLate() {
            if (!late.isEmpty()) {
                Underway answer = late.remove(0);
                if (Long.parseLong(answer.id()) > requests - 6) {
                    receive(answer);
                }
            }
        }

        /** What it acknowledges, others have; but it ends a batch, and nobody listens to the answer any more. */
        private void strayConnect() {
            if (acknowledging && stray > 0) {
                stray--;
                batch++;
            }
        }

        private void forget(long acknowledged) {
            while (acknowledging && forgotten < events.size() && events.get(forgotten).batch <= acknowledged) {
                assertThat(events.get(forgotten).ended).as("seed %d: event %d is forgotten after it has ended", seed,
                        forgotten).isTrue();
                forgotten++;
            }
        }

        private byte[] answer(String id, String channel, long closing) {
            List<String> messages = new ArrayList<>();
            for (Queued event : events.subList(forgotten, events.size())) {
                messages.add("{\"channel\":\"/t\",\"data\":" + event.json + "}");
            }
            String ack = closing < 0 ? "" : channel.endsWith("connect") ? ",\"ext\":{\"ack\":" + closing + "}"
                    : ",\"ext\":{\"ack\":{\"enabled\":true,\"batch\":" + closing + "}}";
            messages.add(random.nextInt(messages.size() + 1), "{\"channel\":\"" + channel + "\",\"id\":\"" + id
                    + "\",\"clientId\":\"id\",\"supportedConnectionTypes\":[],\"successful\":true" + ack + "}");
            if (!acknowledging) {
                forgotten = events.size();
            }
            return ("[" + String.join(",", messages) + "]").getBytes(StandardCharsets.UTF_8);
        }

        private Underway begin(String id, byte[] bytes) {
            JSONContext.AsyncParser parser = new AnswerParser(maxMessageSize, ledger.expected(),
                    new AnswerMemory(1 << 30).share(1 << 30));
            int part = random.nextInt(bytes.length);
            parser.parse(ByteBuffer.wrap(bytes, 0, part));
            return new Underway(id, bytes, parser, part);
        }

        private void receive(Underway underway) {
            underway.parser().parse(ByteBuffer.wrap(underway.bytes(), underway.parsed(),
                    underway.bytes().length - underway.parsed()));
            Answer answer = underway.parser().complete();
            TakenAnswer taken = ledger.take(underway.id(), ((Reply) answer.get(0)).batch(), answer.events(),
                    (int) Math.max(0, maxPending - ledger.outstanding()), !answer.truncated());
            for (ReceivedEvent event : taken.fresh()) {
                taken(event);
            }
            if (!acknowledging) {
                for (long lost = next; lost < forgotten; lost++) {
                    inGap(events.get((int) lost), taken.since(), "dropped");
                }
                // the model numbers all events, a ledger those that were taken
                compact();
            }
            assertThat(ledger.outstanding()).as("seed %d: in memory", seed).isLessThanOrEqualTo(maxPending);
        }

        private void compact() {
            events.subList((int) next, forgotten).clear();
            forgotten = (int) next;
        }

        private void taken(ReceivedEvent event) {
            assertThat(event.position()).as("seed %d: in order, none twice", seed).isEqualTo(next++);
            Queued queued = events.get((int) event.position());
            if (!event.skipped()) {
                assertThat(new String(event.json(), StandardCharsets.UTF_8)).as("seed %d: event %d", seed,
                        event.position()).isEqualTo(queued.json);
            }
            assertThat(event.again() || !queued.delivered).as("seed %d: event %d is marked if it may have come before",
                    seed, event.position()).isTrue();
            queued.delivered = true;
            working.add(event);
        }

        /** Without acknowledgement an answer that is cut may have had events in it. */
        private void interrupted() {
            if (!acknowledging) {
                for (int lost = (int) next; lost < forgotten; lost++) {
                    inGap(events.get(lost), ledger.whole(), "cut");
                }
                compact();
            }
        }

        /** What has been received is still ended by the routes; the rest must be in the gap. */
        private void loseSession() {
            for (int lost = (int) next; lost < events.size(); lost++) {
                inGap(events.get(lost), ledger.whole(), "lost with its session");
            }
            newSession();
        }

        private void kill() {
            working.clear();
            late.clear();
            stray = Math.min(stray, 1); // the last connect of the process may come behind the first of the next one
            if (saved == null) {
                newSession();
                return;
            }
            if (random.nextInt(4) == 0) { // and the server gives the session up before the next process is there
                for (Queued event : events) {
                    if (!event.ended) {
                        inGap(event, saved.settled(), "lost with its process and session");
                    }
                }
                newSession();
                return;
            }
            String id = "r" + requests++;
            ledger = AckLedger.resume(saved, id, this::now, () -> { });
            ledger.take(id, -1, List.of(), maxPending, true);
            next = saved.end();
        }

        private void inGap(Queued event, Instant from, String how) {
            assertThat(event.at).as("seed %d: an event that was %s is in the gap", seed, how)
                    .isBetween(from, now());
        }

        private void drain() {
            for (int i = 0; i < STEPS && (i < 3 || forgotten < events.size() || ledger.outstanding() > 0); i++) {
                tick++;
                String id = String.valueOf(requests++);
                long acknowledged = ledger.acknowledge(id).batch();
                forget(acknowledged);
                receive(begin(id, answer(id, "/meta/connect", acknowledging ? batch++ : -1)));
                while (!working.isEmpty()) {
                    end(0);
                }
            }
            assertThat(forgotten).as("seed %d: nothing is left on the server", seed).isEqualTo(events.size());
            assertThat(ledger.outstanding()).as("seed %d: nothing is left at work", seed).isZero();
            assertThat(ledger.misaligned()).as("seed %d: misaligned", seed).isFalse();
        }
    }
}
