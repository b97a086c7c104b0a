package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AckLedgerTest {

    private static final int PLENTY = 1000;

    private final AtomicInteger allEnded = new AtomicInteger();
    private final AckLedger ledger = new AckLedger(true, "handshake", Instant.EPOCH, Instant::now,
            allEnded::incrementAndGet);

    private static ReceivedEvent event(String text) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        return new ReceivedEvent("/topic", json, json.length, Envelope.checksum(json, json.length), false, false);
    }

    private static List<ReceivedEvent> events(String... texts) {
        return Stream.of(texts).map(AckLedgerTest::event).toList();
    }

    private static List<String> texts(List<ReceivedEvent> events) {
        return events.stream().map(e -> new String(e.json(), StandardCharsets.UTF_8)).toList();
    }

    @Test
    void aBatchIsAcknowledgedOnlyWhenAllOfItHasEnded() {
        assertThat(ledger.acknowledge("1").batch()).isZero();
        List<ReceivedEvent> fresh = ledger.take("1", 5, events("a", "b"), PLENTY, true).fresh();
        assertThat(ledger.acknowledge("2").batch()).isZero();
        ledger.ended(fresh.get(0));
        assertThat(ledger.acknowledge("3").batch()).isZero();
        assertThat(allEnded).hasValue(0);
        ledger.ended(fresh.get(1));
        assertThat(allEnded).hasValue(1);
        assertThat(ledger.acknowledge("4").batch()).isEqualTo(5);
        assertThat(ledger.outstanding()).isZero();
    }

    @Test
    void whatIsSentAgainIsRecognisedByPositionEvenIfTheTextsAreEqual() {
        ledger.acknowledge("1");
        ledger.take("1", 1, events("same", "same"), PLENTY, true);
        ledger.acknowledge("2");
        TakenAnswer taken = ledger.take("2", 2, events("same", "same", "same"), PLENTY, true);
        assertThat(taken.fresh()).hasSize(1);
        assertThat(taken.fresh().get(0).position()).isEqualTo(2);
        assertThat(taken.repeated()).isEqualTo(2);
    }

    @Test
    void aLateAnswerToAnOvertakenConnectTellsNothingTwice() {
        ledger.acknowledge("1");
        ledger.acknowledge("2");
        assertThat(texts(ledger.take("2", 3, events("a", "b", "c"), PLENTY, true).fresh()))
                .containsExactly("a", "b", "c");
        assertThat(ledger.take("1", 2, events("a", "b"), PLENTY, true).fresh()).isEmpty();
        assertThat(ledger.misaligned()).isFalse();
    }

    /** Its bytes were thrown away while the answer came, as those of an event that is at work already. */
    @Test
    void whatComesBesideTheQueueAndIsAtWorkAlreadyIsNotToldWithoutItsText() {
        ledger.acknowledge("1");
        ledger.take("1", 1, events("a"), PLENTY, true);
        TakenAnswer taken = ledger.take("subscribe", -1, List.of(repeated("a"), event("b")), PLENTY, true);
        assertThat(texts(taken.fresh())).containsExactly("b");
        assertThat(taken.repeated()).isEqualTo(1);
    }

    @Test
    void aLateAnswerThatAServerMadeUpAnewLosesNothing() {
        ledger.acknowledge("1");
        ledger.acknowledge("2");
        ledger.take("2", 1, events("a", "b"), PLENTY, true).fresh().forEach(ledger::ended);
        ledger.take("2", 1, events(), PLENTY, true);
        ledger.acknowledge("3");
        ledger.take("3", 2, events("c", "d"), PLENTY, true);
        List<ReceivedEvent> overtaken = List.of(repeated("c"), repeated("d"), event("x"), event("y"));
        assertThat(texts(ledger.take("1", 1, overtaken, PLENTY, true).fresh())).containsExactly("x", "y");
    }

    private static ReceivedEvent repeated(String text) {
        ReceivedEvent event = event(text);
        return new ReceivedEvent(event.channel(), new byte[0], event.size(), event.checksum(), false, true);
    }

    @Test
    void aServerThatDoesNotRepeatItselfLosesNothing() {
        ledger.acknowledge("1");
        ledger.take("1", 1, events("a", "b"), PLENTY, true);
        ledger.acknowledge("2");
        assertThat(texts(ledger.take("2", 2, events("c", "d"), PLENTY, true).fresh())).containsExactly("c", "d");
        assertThat(ledger.misaligned()).isTrue();
    }

    @Test
    void whatThereIsNoRoomForStaysOnTheServerAndItsBatchIsNotAcknowledged() {
        ledger.acknowledge("1");
        TakenAnswer taken = ledger.take("1", 1, events("a", "b", "c"), 2, true);
        assertThat(taken.refused()).isEqualTo(1);
        taken.fresh().forEach(ledger::ended);
        assertThat(ledger.acknowledge("2").batch()).isZero();
        TakenAnswer next = ledger.take("2", 2, events("a", "b", "c"), PLENTY, true);
        assertThat(texts(next.fresh())).containsExactly("c");
        next.fresh().forEach(ledger::ended);
        assertThat(ledger.acknowledge("3").batch()).isEqualTo(2);
    }

    @Test
    void anAckThatIsMissingOrLowerThanBeforeIsNoAcknowledgement() {
        ledger.acknowledge("1");
        ledger.take("1", 5, events("a"), PLENTY, true).fresh().forEach(ledger::ended);
        assertThat(ledger.acknowledge("2").batch()).isEqualTo(5);
        ledger.take("2", -1, events("b"), PLENTY, true).fresh().forEach(ledger::ended);
        assertThat(ledger.acknowledge("3").batch()).isEqualTo(5);
        ledger.take("3", 3, events("b", "c"), PLENTY, true).fresh().forEach(ledger::ended);
        assertThat(ledger.acknowledge("4").batch()).isEqualTo(5);
        assertThat(ledger.take("4", 6, events("b", "c"), PLENTY, true).fresh()).isEmpty();
        assertThat(ledger.acknowledge("5").batch()).isEqualTo(6);
    }

    @Test
    void eventsInTheHandshakeAnswerCountAsTheFirstBatch() {
        ledger.take("handshake", 1, events("early"), PLENTY, true).fresh().forEach(ledger::ended);
        assertThat(ledger.acknowledge("1").batch()).isEqualTo(1);
    }

    @Test
    void aResumedSessionGoesOnCountingAndSaysWhatMayHaveBeenDelivered() {
        AckLedger resumed = AckLedger.resume(new SessionPosition("id", "name", 7, 42, Instant.EPOCH), "handshake",
                Instant::now, () -> { });
        resumed.take("handshake", -1, events(), PLENTY, true);
        assertThat(resumed.acknowledge("1")).isEqualTo(new Acknowledged(7, 42, Instant.EPOCH));
        assertThat(resumed.take("1", 8, events("a", "b"), PLENTY, true).fresh())
                .allMatch(ReceivedEvent::again).extracting(ReceivedEvent::position).containsExactly(42L, 43L);
        resumed.acknowledge("2");
        assertThat(resumed.take("2", 9, events("a", "b", "c"), PLENTY, true).fresh()).singleElement()
                .satisfies(event -> assertThat(event.again()).isFalse());
    }

    @Test
    void withoutAcknowledgementNothingIsRepeatedAndWhatThereIsNoRoomForIsRefused() {
        AckLedger plain = new AckLedger(false, "handshake", Instant.EPOCH, Instant::now, () -> { });
        assertThat(plain.take("1", -1, events("a", "a"), PLENTY, true).fresh()).hasSize(2);
        assertThat(plain.take("2", -1, events("a", "b", "c"), 1, true).refused()).isEqualTo(2);
        assertThat(plain.outstanding()).isEqualTo(3);
    }

    /** It used to be taken for one beside the queue, so that its events entered the route again with the queue's. */
    @Test
    void anAnswerToAConnectOfASessionThatWasTakenUpAnewIsNotOfTheNewOne() {
        AckLedger resumed = AckLedger.resume(new SessionPosition("id", "name", 7, 42, Instant.EPOCH), "9", Instant::now,
                () -> { });
        resumed.acknowledge("10");
        assertThat(resumed.isOfAnother("8")).isTrue();
        assertThat(resumed.isOfAnother("10")).isFalse();
        AckLedger plain = new AckLedger(false, "9", Instant.EPOCH, Instant::now, () -> { });
        assertThat(plain.isOfAnother("8")).as("what it brings comes once").isFalse();
    }
}
