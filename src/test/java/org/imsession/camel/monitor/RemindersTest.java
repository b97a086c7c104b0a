package org.imsession.camel.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.event.DeliveryGuarantee;
import org.imsession.camel.fleet.FollowedTeam;
import org.imsession.camel.fleet.Team;
import org.imsession.camel.fleet.TeamStatus;
import org.imsession.camel.recovery.UndeliveredEvent;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row by row, what lasts was said once, in the evening: a day later nobody knew of it. Time goes on as a test says. */
class RemindersTest {

    private static final Instant EVENING = Instant.parse("2026-11-28T21:00:30Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    final LogLines log = new LogLines();

    private Instant now = EVENING;
    private Function<Instant, List<FeedStatus>> agents = time -> List.of();
    private String services = "all active";
    private String directory = "";
    private final Reminders reminders = new Reminders(new Seen(), HOUR, () -> now);

    /** What an operator could see now. */
    private final class Seen implements FollowedTeam {
        @Override
        public String routeId() {
            return "listening";
        }

        @Override
        public String name() {
            return "team-a";
        }

        @Override
        public boolean isTeam() {
            return true;
        }

        @Override
        public Optional<Team> team() {
            return Optional.empty();
        }

        @Override
        public boolean isKnown() {
            return true;
        }

        @Override
        public long redeliveries() {
            return 0;
        }

        @Override
        public String startProblem() {
            return directory;
        }

        @Override
        public List<UndeliveredEvent> undelivered() {
            return List.of();
        }

        @Override
        public long parkings() {
            return 0;
        }

        @Override
        public TeamStatus status() {
            return new TeamStatus(agents.apply(now), List.of());
        }

        @Override
        public Optional<String> services() {
            return Optional.of(services);
        }
    }

    private static FeedStatus agent(String name, FeedState state, Instant silent, Map<String, String> lasting) {
        return new FeedStatus(name, "gws:443", state, silent == null ? EVENING : silent, silent, "no connection", 7,
                DeliveryGuarantee.NONE, null, 0, 0, 0, false, 0, 0, 0, 0, false, "", lasting);
    }

    private static FeedStatus silent(String name) {
        return agent(name, FeedState.BACKING_OFF, EVENING, Map.of());
    }

    /** Looks as often as the timer would. */
    private void pass(Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end);) {
            now = now.plusSeconds(60);
            reminders.look();
        }
    }

    @Test
    void anAgentWhoIsSilentOverNightIsSaidOnceAnHourWithSinceWhenAndWhy() {
        agents = time -> List.of(silent("alice"));
        pass(Duration.ofHours(12));
        assertThat(log.with("IMS-001")).hasSize(12).allMatch(line -> line.contains("WARN")
                && line.contains("agent alice at gws:443 receives nothing since ")
                && line.contains(" state=BACKING_OFF attempts=7: no connection"));
        assertThat(log.with("IMS-001").get(0)).contains(" (1 h)");
        assertThat(log.with("IMS-001").get(11)).contains(" (12 h)");
    }

    @Test
    void whatIsOverBeforeAnHourIsNotSaidAndWhatBeginsAgainBeginsAnew() {
        agents = time -> List.of(time.isBefore(EVENING.plusSeconds(3500)) ? silent("alice")
                : time.isBefore(EVENING.plusSeconds(5000)) ? agent("alice", FeedState.LIVE, null, Map.of())
                : agent("alice", FeedState.RECONNECTING, EVENING.plusSeconds(5000), Map.of()));
        pass(Duration.ofSeconds(5000 + 3500));
        assertThat(log.with("IMS-")).isEmpty();
        pass(Duration.ofSeconds(200));
        assertThat(log.with("IMS-001")).hasSize(1).allMatch(line -> line.contains(" (1 h)"));
    }

    /** One server that is away silences all of them. */
    @Test
    void aTeamOfAThousandIsOneLineWithTheWorstThree() {
        agents = time -> IntStream.range(0, 1000).mapToObj(number -> number == 500
                ? agent("parked500", FeedState.PARKED, EVENING.plusSeconds(number), Map.of())
                : agent("agent" + number, FeedState.RECONNECTING, EVENING.plusSeconds(number), Map.of())).toList();
        pass(Duration.ofHours(12));
        assertThat(log.with("IMS-")).hasSize(12).allMatch(line -> line.contains("team=team-a 1000 of 1000 agents"
                + " receive nothing, the first of them since ") && line.contains("RECONNECTING=999")
                && line.contains("PARKED=1") && line.contains("agent parked500 at") && line.contains("agent agent0 at")
                && !line.contains("agent agent2 at"));
    }

    @Test
    void whoIsParkedIsSaidByItsOwnCodeAndWhoIsStoppedIsNot() {
        agents = time -> List.of(agent("alice", FeedState.PARKED, EVENING, Map.of()),
                agent("bob", FeedState.STOPPED, EVENING, Map.of()));
        pass(HOUR);
        assertThat(log.with("IMS-")).singleElement().asString().contains("IMS-002 agent alice ");
    }

    @Test
    void whatIsWrongBesideTheStateIsSaidToo() {
        agents = time -> List.of(agent("alice", FeedState.LIVE, null, Map.of("IMS-008", "the position cannot be kept",
                "IMS-011", "maxPending=10 events wait")));
        services = "Voice Inactive";
        directory = "the file is gone";
        pass(Duration.ofHours(3).plusMinutes(2)); // since it was seen first
        assertThat(log.with("IMS-")).hasSize(12);
        assertThat(log.with("IMS-008 agent=alice server=gws:443 since ")).hasSize(3)
                .allMatch(line -> line.endsWith(": the position cannot be kept"));
        assertThat(log.with("IMS-011 ").get(2)).contains(" (3 h)");
        assertThat(log.with("IMS-019 route=listening since ").get(0)).contains(" (1 h) ", "Voice Inactive");
        assertThat(log.with("IMS-012 team=team-a since ")).hasSize(3)
                .allMatch(line -> line.contains("the file is gone"));
        services = "all active";
        directory = "";
        agents = time -> List.of(agent("alice", FeedState.LIVE, null, Map.of()));
        pass(Duration.ofHours(3));
        assertThat(log.with("IMS-")).as("it is over").hasSize(12);
    }

    @Test
    void zeroIsNever() {
        new Reminders(new Seen(), Duration.ZERO, () -> now).repeatWith(null).close();
    }

    @Test
    void aRouteSaysItAsOftenAsItsOptionSaysUntilItStops() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri("http://127.0.0.1:1", "alice",
                "remindEvery=200"))) {
            await().atMost(ListeningRoute.PATIENCE).until(() -> log.with(" WARN ").stream().filter(line ->
                    line.contains("IMS-001 agent alice at 127.0.0.1:1 receives nothing since ")).count() > 2);
        }
    }

    /** The line counts of the note: of as many attempts as a night has, and of the hours. */
    @Test
    void aNightWithoutAServerIsALineForEachReasonAndOneForEachHour() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri("http://127.0.0.1:1", "alice",
                "reconnectDelay=50", "reconnectDelayMax=50"))) {
            await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getAttempts() > 100);
            assertThat(log.with("IMS-")).as("before: whatever the number of attempts").hasSize(1);
            agents = time -> FollowedFeeds.of(route.context()).statuses();
            now = Instant.now();
            pass(Duration.ofHours(12).plusMinutes(1));
            assertThat(log.with("IMS-")).hasSize(1 + 12);
        }
    }
}
