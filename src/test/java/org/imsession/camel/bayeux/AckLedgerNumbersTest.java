package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ledger concludes from the numbers that a server gives to its batches, and from their absence. */
class AckLedgerNumbersTest {

    private static final int PLENTY = 1000;

    private final AtomicLong second = new AtomicLong();
    private final AckLedger ledger = new AckLedger(true, "handshake", Instant.EPOCH,
            () -> Instant.ofEpochSecond(second.incrementAndGet()), () -> { });

    private void answered(String id, long number) {
        ledger.acknowledge(id);
        ledger.take(id, number, List.of(), PLENTY, true);
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, 1, 6 })
    void aLowerNumberThanOneThatCameBeforeTheRequestLeftIsANewBeginning(long number) {
        answered("1", 7);
        assertThat(ledger.isRestarted()).isFalse();
        Instant whole = ledger.whole();
        answered("2", number);
        assertThat(ledger.isRestarted()).isTrue();
        assertThat(ledger.whole()).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, 1, 6 })
    void aLowerNumberThanThePositionOfASessionThatIsTakenUpIsANewBeginning(long number) {
        AckLedger resumed = AckLedger.resume(new SessionPosition("id", "name", 7, 42, Instant.EPOCH), "handshake",
                Instant::now, () -> { });
        resumed.acknowledge("1");
        resumed.take("1", number, List.of(), PLENTY, true);
        assertThat(resumed.isRestarted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = { Long.MIN_VALUE, -1, 7, 8, 1000, Long.MAX_VALUE })
    void anyOtherNumberAndNoneIsNoNewBeginning(long number) {
        answered("1", 7);
        answered("2", number);
        assertThat(ledger.isRestarted()).isFalse();
    }

    @Test
    void theLowerNumberOfARequestThatWasOvertakenIsNoNewBeginning() {
        ledger.acknowledge("1");
        ledger.acknowledge("2");
        ledger.take("2", 8, List.of(), PLENTY, true);
        ledger.take("1", 7, List.of(), PLENTY, true);
        assertThat(ledger.isRestarted()).isFalse();
        assertThat(ledger.misaligned()).isFalse();
    }

    /** Of a server that says success, no number and no event, nobody knows whether it looked at what it keeps. */
    @ParameterizedTest
    @ValueSource(longs = { Long.MIN_VALUE, -1, 7, 1000, Long.MAX_VALUE })
    void anAnswerWithoutANumberThatCanBeRightDoesNotSayThatAllHasCome(long number) {
        answered("1", 7);
        Instant whole = ledger.whole();
        answered("2", number);
        assertThat(ledger.whole()).isEqualTo(whole);
        assertThat(ledger.settled()).isEqualTo(whole);
        answered("3", 9);
        assertThat(ledger.whole()).isAfter(whole);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whatFoundNoRoomIsWithTheServerUntilAnAnswerHasComeWhole(boolean room) {
        answered("1", 7);
        assertThat(ledger.hasMore()).isFalse();
        ledger.acknowledge("2");
        ReceivedEvent event = new ReceivedEvent("/topic", new byte[] { '1' }, 1, 1, false, false);
        ledger.take("2", 8, List.of(event), room ? PLENTY : 0, !room); // no room for it, or the answer was cut short
        assertThat(ledger.hasMore()).isTrue();
        answered("3", 9);
        assertThat(ledger.hasMore()).isFalse();
    }

    /** It was asked to number what it sends, and all that is not acknowledged is kept on both sides. */
    @ParameterizedTest
    @ValueSource(longs = { Long.MIN_VALUE, -1 })
    void aServerThatNeverNumbersWhatItSendsIsNotFollowedWithoutEnd(long number) {
        NumberTrust trust = new NumberTrust();
        List<ReceivedEvent> thousand = IntStream.range(0, PLENTY)
                .mapToObj(i -> new ReceivedEvent("/topic", new byte[0], 0, i, false, false)).toList();
        for (int i = 0; i <= 100; i++) {
            assertThat(trust.judge(ledger)).isEmpty();
            ledger.acknowledge(Integer.toString(i));
            List<ReceivedEvent> sent = Stream.concat(IntStream.of(ledger.expected()).mapToObj(checksum ->
                    new ReceivedEvent("/topic", new byte[0], 0, checksum, false, true)), thousand.stream()).toList();
            ledger.take(Integer.toString(i), number, sent, PLENTY, true).fresh().forEach(ledger::ended);
        }
        assertThat(trust.judge(ledger)).hasValueSatisfying(why ->
                assertThat(why).contains("gives them no numbers", "without acknowledgement"));
        assertThat(trust.isLost()).isTrue();
    }

    @Test
    void aServerThatNumbersIsFollowedHoweverMuchItSends() {
        NumberTrust trust = new NumberTrust();
        List<ReceivedEvent> thousand = IntStream.range(0, PLENTY)
                .mapToObj(i -> new ReceivedEvent("/topic", new byte[0], 0, i, false, false)).toList();
        for (int i = 0; i <= 200; i++) {
            ledger.acknowledge(Integer.toString(i));
            ledger.take(Integer.toString(i), i + 1, thousand, PLENTY, true).fresh().forEach(ledger::ended);
            assertThat(trust.judge(ledger)).isEmpty();
        }
    }
}
