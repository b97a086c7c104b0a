package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Promise;
import org.junit.jupiter.api.Test;

/**
 * Row F50 in virtual time: the sink is down for ten minutes, 5,000 events are sent meanwhile to a server that gives a
 * session up after 10 s without a connect. The server is a model of CometD's batch queue; the held connect and the
 * ledger are the real ones.
 */
class SinkDownForTenMinutesTest {

    private static final int EVENTS = 5000;
    private static final int MAX_PENDING = 1000;
    private static final long MAX_INTERVAL = 10_000;
    private static final long KEEP_ALIVE = 5_000;
    private static final long SERVER_TIMEOUT = 30_000;
    private static final long TEN_MINUTES = 600_000;

    private final VirtualTime time = new VirtualTime();
    private final HeldConnect[] connect = new HeldConnect[1];
    private final AckLedger ledger = new AckLedger(true, "handshake", Instant.EPOCH, () -> Instant.EPOCH,
            () -> connect[0].ended());
    private final Deque<ReceivedEvent> atWork = new ArrayDeque<>();
    private final List<String> ended = new ArrayList<>();

    // the server
    private final Deque<long[]> queue = new ArrayDeque<>();
    private long batch = 1;
    private long lastAnswer;
    private long longestAbsence;
    private String waiting;
    private int requests;
    private int connects;
    private int mostPending;
    private boolean sinkIsUp;

    @Test
    void nothingIsLostNothingComesTwiceAndMemoryIsBounded() {
        connect[0] = new HeldConnect(time, new HeldBy(() -> ledger.outstanding() > 0, KEEP_ALIVE),
                (id, send) -> send.accept(ledger.acknowledge(id).batch()));
        for (int i = 0; i < EVENTS; i++) {
            int number = i;
            time.schedule(() -> publish(number), i * TEN_MINUTES / EVENTS, TimeUnit.MILLISECONDS);
        }
        time.schedule(() -> {
            sinkIsUp = true;
            work();
        }, TEN_MINUTES, TimeUnit.MILLISECONDS);
        sendConnect();
        time.advanceTo(TEN_MINUTES - 1);
        assertThat(ended).isEmpty();
        assertThat(queue).as("kept by the server").hasSize(EVENTS);
        time.advanceTo(2 * TEN_MINUTES);
        assertThat(ended).isEqualTo(IntStream.range(0, EVENTS).mapToObj(Integer::toString).toList());
        assertThat(queue).isEmpty();
        assertThat(longestAbsence).as("longest time without a connect").isLessThan(MAX_INTERVAL);
        assertThat(mostPending).isLessThanOrEqualTo(MAX_PENDING);
        assertThat(connects).as("connects while the sink was down, one each keep-alive").isBetween(100, 400);
    }

    private void sendConnect() {
        Reply message = new Reply();
        message.setChannel(Channel.META_CONNECT);
        message.setId(String.valueOf(requests++));
        connect[0].outgoing(null, message, Promise.from(pass -> {
            connects++;
            longestAbsence = Math.max(longestAbsence, time.millis() - lastAnswer);
            long acknowledged = ((Number) message.getExt().get("ack")).longValue();
            queue.removeIf(event -> event[1] <= acknowledged);
            waiting = message.getId();
            if (queue.isEmpty()) {
                String held = waiting;
                time.schedule(() -> answer(held), SERVER_TIMEOUT, TimeUnit.MILLISECONDS);
            } else {
                time.execute(() -> answer(message.getId()));
            }
        }, failure -> {
            throw new AssertionError(failure);
        }));
    }

    private void publish(int number) {
        queue.addLast(new long[] { number, batch });
        if (waiting != null) {
            answer(waiting);
        }
    }

    private void answer(String id) {
        if (!id.equals(waiting)) {
            return;
        }
        waiting = null;
        lastAnswer = time.millis();
        long closing = batch++;
        List<ReceivedEvent> events = queue.stream().map(event -> {
            byte[] json = String.valueOf(event[0]).getBytes(StandardCharsets.UTF_8);
            return new ReceivedEvent("/topic", json, json.length, Envelope.checksum(json, json.length), false, false);
        }).toList();
        int room = MAX_PENDING - (int) ledger.outstanding();
        atWork.addAll(ledger.take(id, closing, events, room, true).fresh());
        mostPending = Math.max(mostPending, atWork.size());
        if (sinkIsUp) {
            work();
        }
        time.execute(this::sendConnect);
    }

    private void work() {
        while (!atWork.isEmpty()) {
            ReceivedEvent event = atWork.poll();
            ended.add(new String(event.json(), StandardCharsets.UTF_8));
            ledger.ended(event);
        }
    }
}
