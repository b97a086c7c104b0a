package org.imsession.camel.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.bayeux.VirtualTime;
import org.imsession.camel.consumer.LogLines;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator is told of sinks that fail or hang: at once, then counted, then that it is over. */
class UndeliveredEventsTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

    @RegisterExtension
    final LogLines log = new LogLines();
    private final VirtualTime time = new VirtualTime();
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return NOON.plusMillis(time.millis());
        }
    };
    private final UndeliveredEvents undelivered = new UndeliveredEvents(() -> "chats", LIMIT,
            () -> TimeUnit.MILLISECONDS.toNanos(time.millis()), clock);

    @BeforeEach
    void begin() {
        undelivered.begin(time);
    }

    private List<String> lines() {
        return log.with("IMS-022");
    }

    private long stacks() {
        return log.with("java.io.IOException: disk full").stream().filter(line -> line.startsWith("java.io")).count();
    }

    /** An event fails, and comes again after a second, until that moment. */
    private void failsUntil(long millis, String agent, String sequence) {
        for (; time.millis() < millis; time.advanceTo(time.millis() + 1000)) {
            undelivered.given(agent, "text", sequence).failed(new IOException("disk full"), true);
        }
    }

    @Test
    void theFirstFailureIsToldWithItsStackAndThenTheyAreCountedAfterPausesThatDouble() {
        failsUntil(10 * MINUTE, "alice", "s-1");
        assertThat(stacks()).isEqualTo(1);
        assertThat(lines()).hasSize(4); // at once, after 1, 3, and 7 minutes
        assertThat(lines().get(0)).contains("route=chats agent=alice event s-1 failed and comes again: ", "disk full");
        assertThat(lines().get(1)).contains("60 failed attempts in 1 min",
                "event s-1 of agent alice is undelivered since ",
                "(1 min)", "disk full");
    }

    @Test
    void overNightItIsToldOnceAnHour() {
        failsUntil(12 * 60 * MINUTE, "alice", "s-1");
        assertThat(lines()).hasSizeBetween(14, 19);
    }

    @Test
    void theRecoveryIsOneLineThatSaysHowLongItTook() {
        failsUntil(5 * MINUTE, "alice", "s-1");
        undelivered.given("alice", "text", "s-1").ended();
        undelivered.given("alice", "text", "s-2").ended();
        assertThat(log.with("go through again")).singleElement().asString()
                .contains("route=chats", "agent=alice event s-1", "after 5 min: 300 failed attempts");
        assertThat(undelivered.all()).isEmpty();
    }

    @Test
    void theEventsOfATeamShareTheLines() {
        for (int i = 0; i < 100; i++) {
            undelivered.given("agent" + i, "text", "s-1").failed(new IOException("disk full"), true);
        }
        assertThat(lines()).hasSize(1);
        assertThat(stacks()).isEqualTo(1);
        assertThat(undelivered.all()).hasSize(100);
        for (int i = 0; i < 99; i++) {
            undelivered.given("agent" + i, "text", "s-1").ended();
        }
        assertThat(lines()).as("one still fails").hasSize(1);
        undelivered.given("agent99", "text", "s-1").ended();
        assertThat(lines()).hasSize(2);
    }

    @Test
    void whichEventOfWhomSinceWhenAndWhyIsShown() {
        time.advanceTo(1000);
        UndeliveredEvents.Attempt attempt = undelivered.given("alice", "text", "s-1");
        time.advanceTo(3000);
        attempt.failed(new IOException("disk full"), false);
        undelivered.given("alice", "text", "s-1").failed(new IOException("disk\nfull"), false);
        assertThat(undelivered.of("alice")).contains(new UndeliveredEvent("alice", "s-1", NOON.plusSeconds(1), 2,
                "java.io.IOException: disk\\u000afull"));
        assertThat(undelivered.of("bob")).isEmpty();
    }

    @Test
    void whatADatabaseRefusesIsNotQuotedByACauseEither() {
        undelivered.given("alice", "text", "s-1").failed(new IOException("not kept", new SQLException(
                "Data conversion error converting \"a secret\"", "22018",
                new NumberFormatException("For input string: \"a secret\""))), false);
        assertThat(undelivered.of("alice").orElseThrow().reason()).doesNotContain("a secret")
                .contains("SQL state 22018", "because of java.lang.NumberFormatException");
    }

    @Test
    void anEventThatIsInTheRouteForLongerThanTheLimitIsUndeliveredSinceItWasGiven() {
        UndeliveredEvents.Attempt attempt = undelivered.given("alice", "text", "s-1");
        time.advanceTo(LIMIT.toMillis() - 1);
        assertThat(undelivered.all()).isEmpty();
        time.advanceTo(LIMIT.toMillis());
        assertThat(undelivered.all()).extracting(UndeliveredEvent::since).containsExactly(NOON);
        assertThat(lines()).singleElement().asString().contains("agent=alice event s-1 is in the route for 1 min");
        time.advanceTo(10 * MINUTE);
        assertThat(lines()).hasSize(4);
        attempt.ended();
        assertThat(log.with("go through again")).hasSize(1);
    }

    @Test
    void whatTheRouteTriesAgainByItselfIsUndeliveredToo() {
        UndeliveredEvents.Attempt attempt = undelivered.given("alice", "text", "s-1");
        attempt.retried(new IOException("disk full"));
        attempt.retried(new IOException("disk full"));
        assertThat(undelivered.of("alice").orElseThrow().attempts()).isEqualTo(2);
        assertThat(lines()).singleElement().asString().contains("is tried again by the route");
        attempt.ended();
        assertThat(lines()).hasSize(2);
    }

    /** A service that is away for a night, and each event a dead letter after half a minute. */
    @Test
    void eventsThatAreGivenUpOneAfterTheOtherAreNoRecovery() {
        for (int i = 0; i < 10; i++) {
            UndeliveredEvents.Attempt attempt = undelivered.given("alice", "text", "s-" + i);
            attempt.retried(new IOException("away"));
            time.advanceTo(time.millis() + MINUTE / 2);
            attempt.givenUp(new IOException("away"));
            assertThat(undelivered.of("alice").orElseThrow().since()).isEqualTo(NOON);
            attempt.ended();
            assertThat(undelivered.all()).isEmpty();
        }
        assertThat(log.with("go through again")).isEmpty();
        undelivered.given("alice", "text", "s-10").ended();
        assertThat(log.with("go through again")).singleElement().asString().contains("10 events given up");
    }

    /** State changes went to a file, and each of them ended the outage of the service for texts. */
    @Test
    void anEventOfAnotherKindThatGoesThroughIsNoRecovery() {
        for (int i = 0; i < 10; i++) {
            UndeliveredEvents.Attempt text = undelivered.given("alice", "text", "s-" + 2 * i);
            text.givenUp(new IOException("away"));
            text.ended();
            undelivered.given("alice", "state", "s-" + (2 * i + 1)).ended();
            time.advanceTo(time.millis() + MINUTE / 4);
        }
        assertThat(log.with("go through again")).isEmpty();
        UndeliveredEvents.Attempt text = undelivered.given("alice", "text", "s-20");
        assertThat(undelivered.of("alice").orElseThrow().since()).isEqualTo(NOON);
        text.ended();
        assertThat(log.with("go through again")).singleElement().asString().contains("10 events given up");
    }

    /** The one before was a poisonous event, and the sink is well. */
    @Test
    void anEventLongAfterOneThatWasGivenUpIsNotUndeliveredBeforeItFailsItself() {
        UndeliveredEvents.Attempt poison = undelivered.given("alice", "text", "s-1");
        poison.givenUp(new IOException("poison"));
        poison.ended();
        time.advanceTo(60 * MINUTE);
        undelivered.given("alice", "text", "s-2");
        assertThat(undelivered.all()).isEmpty();
    }

    @Test
    void whatACopyOfAnotherEventDoesLateIsNotThatOfTheOneAtWork() {
        UndeliveredEvents.Attempt late = undelivered.given("alice", "text", "s-1");
        late.ended();
        undelivered.given("alice", "text", "s-2");
        late.retried(new IOException("of a wire tap"));
        assertThat(undelivered.all()).isEmpty();
        assertThat(lines()).isEmpty();
    }

    @Test
    void whatIsAcknowledgedAllTheSameIsToldAndNotUndelivered() {
        undelivered.given("alice", "text", "s-1").lost(new IOException("disk full"), true);
        assertThat(lines()).singleElement().asString().contains("does not come again (ackFailed=true)");
        assertThat(undelivered.all()).isEmpty();
    }

    @Test
    void anAgentWhoHasLeftHoldsNoRecoveryUp() {
        undelivered.given("bob", "text", "s-1").failed(new IOException("disk full"), true);
        undelivered.given("alice", "text", "s-1").failed(new IOException("disk full"), true);
        undelivered.forget("bob");
        undelivered.given("alice", "text", "s-1").ended();
        assertThat(log.with("go through again")).hasSize(1);
        assertThat(undelivered.all()).isEmpty();
    }
}
