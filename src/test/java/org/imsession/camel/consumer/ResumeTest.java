package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.store.FilePositionRepository;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentence 4 of the delivery contract, within one process; KillTest does it across two. */
class ResumeTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @TempDir
    Path folder;

    private ListeningRoute listen(StateRepository<String, String> repository, Processor step)
            throws Exception {
        return ListeningRoute.from(ListeningRoute.uri(gws, "alice", "stateRepository=#state"), step, repository);
    }

    @Test
    void anotherProcessGoesOnWhereTheRouteStopped() throws Exception {
        try (ListeningRoute route = listen(new FilePositionRepository(folder), exchange -> { })) {
            route.awaitSettled();
            gws.agent("alice").session().says("one");
            assertThat(route.takeText()).isEqualTo("one");
        }
        assertThat(gws.requests().count(Step.DISCONNECT)).as("the session is left as it is").isZero();
        gws.agent("alice").session().says("two").says("three");
        try (ListeningRoute route = listen(new FilePositionRepository(folder), exchange -> { })) {
            assertThat(route.takeText()).isEqualTo("two");
            assertThat(route.takeText()).isEqualTo("three");
            gws.agent("alice").session().says("four");
            assertThat(route.takeText()).isEqualTo("four");
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
    }

    @Test
    void aRouteThatIsStoppedAndStartedWhileEventsFlowLosesNone() throws Exception {
        try (ListeningRoute route = listen(new MemoryStateRepository(), exchange -> { })) {
            route.awaitSettled();
            var session = gws.agent("alice").session();
            Set<String> seen = new LinkedHashSet<>();
            for (int i = 0; i < 200; i++) {
                session.says("text " + i);
                if (i % 40 == 20) {
                    route.context().getRouteController().stopRoute("listening");
                }
                if (i % 40 == 30) {
                    route.context().getRouteController().startRoute("listening");
                }
            }
            while (seen.size() < 200) {
                seen.add(route.takeText());
            }
            assertThat(seen).containsExactlyElementsOf(
                    IntStream.range(0, 200).mapToObj(i -> "text " + i).toList());
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
    }

    @Test
    void whatHadNotEndedComesAgainMarkedAndWithTheSameSequence() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Object sequence;
        try (ListeningRoute route = listen(new FilePositionRepository(folder), ListeningRoute.ifLive(exchange ->
                never.await(20, TimeUnit.SECONDS)))) {
            route.awaitSettled();
            gws.agent("alice").session().talks();
            sequence = route.takeOrigin("live").getIn().getHeader(IMSessionConstants.SEQUENCE);
        }
        try (ListeningRoute route = listen(new FilePositionRepository(folder), exchange -> { })) {
            Exchange again = route.takeOrigin("redelivered");
            assertThat(again.getIn().getHeader(IMSessionConstants.SEQUENCE)).isEqualTo(sequence);
            assertThat(again.getIn().getHeader(IMSessionConstants.REDELIVERED)).isEqualTo(true);
        }
    }

    @Test
    void aSessionThatTheServerHasForgottenIsOneGap() throws Exception {
        try (ListeningRoute route = listen(new FilePositionRepository(folder), exchange -> { })) {
            route.awaitSettled();
        }
        gws.restart();
        try (ListeningRoute route = listen(new FilePositionRepository(folder), exchange -> { })) {
            FeedGap gap = (FeedGap) route.takeOrigin("gap").getIn().getBody();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.SESSION_LOST);
            route.awaitSettled();
            gws.agent("alice").session().says("after");
            assertThat(route.takeText()).isEqualTo("after");
            assertThat(route.attribute("Gaps")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "torn", "flipped", "binary", "another version" })
    void aDamagedPositionIsANewSessionAndOneGap(String damage) throws Exception {
        try (ListeningRoute route = listen(new FilePositionRepository(folder), exchange -> { })) {
            route.awaitSettled();
        }
        Path file = sessionFile();
        byte[] bytes = Files.readAllBytes(file);
        switch (damage) {
            case "torn" -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
            case "flipped" -> bytes[bytes.length - 20] ^= 4;
            case "binary" -> bytes[5] = (byte) 0xFF;
            default -> bytes = "a different thing".getBytes();
        }
        Files.write(file, bytes);
        try (ListeningRoute route = listen(new FilePositionRepository(folder), exchange -> { })) {
            assertThat(route.takeOrigin("gap").getIn().getBody(FeedGap.class).detail()).contains("unreadable");
            route.awaitSettled();
            assertThat(route.attribute("Gaps")).isEqualTo("1");
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(2);
    }

    @Test
    void theFileIsReadableByItsOwnerOnly() throws Exception {
        try (ListeningRoute route = listen(new FilePositionRepository(folder.resolve("sub")), exchange -> { })) {
            route.awaitSettled();
            gws.agent("alice").session().says("one");
            assertThat(route.takeText()).isEqualTo("one");
        }
        Set<PosixFilePermission> owner = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        try (Stream<Path> files = Files.list(folder.resolve("sub"))) {
            List<Path> all = files.toList();
            assertThat(all).isNotEmpty().allSatisfy(file ->
                    assertThat(Files.getPosixFilePermissions(file)).isSubsetOf(owner));
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("sub"))).doesNotContain(
                PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
    }

    @Test
    void anAgentInUseElsewhereIsWaitedForAndSaidSo() throws Exception {
        try (ListeningRoute second = ListeningRoute.prepared().with(context -> context.getRegistry()
                .bind("state", new FilePositionRepository(folder))).add("listening",
                ListeningRoute.uri(gws, "alice", "stateRepository=#state"))) {
            try (ListeningRoute first = listen(new FilePositionRepository(folder), exchange -> { })) {
                first.awaitSettled();
                second.start();
                second.awaitState("BACKING_OFF");
                assertThat(second.consumer().getFeedReason()).contains("in use by another repository of this process");
                second.consumer().retryNow();
                gws.agent("alice").session().says("one");
                assertThat(first.takeText()).isEqualTo("one");
                assertThat(second.consumer().getFeedState()).as("an operator cannot take it").isEqualTo("BACKING_OFF");
            }
            second.awaitState("LIVE");
            gws.agent("alice").session().says("two");
            assertThat(second.takeText()).isEqualTo("two");
            assertThat(second.attribute("Gaps")).isEqualTo("0");
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("the same session").isEqualTo(1);
    }

    @Test
    void aRouteThatStopsLetsGoOfTheSessionWhileItsApplicationRunsOn() throws Exception {
        try (ListeningRoute first = listen(new FilePositionRepository(folder), exchange -> { })) {
            first.awaitSettled();
            first.context().getRouteController().stopRoute("listening");
            gws.agent("alice").session().says("one");
            try (ListeningRoute second = listen(new FilePositionRepository(folder), exchange -> { })) {
                assertThat(second.takeText()).isEqualTo("one");
            }
            gws.agent("alice").session().says("two");
            first.context().getRouteController().startRoute("listening");
            assertThat(first.takeText()).isEqualTo("two");
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
    }

    @Test
    void aFolderThatCannotBeWrittenToIsToldAtTheStart() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        assertThatThrownBy(() -> listen(new FilePositionRepository(file), exchange -> { }))
                .rootCause().hasMessageContaining("a-file");
    }

    @Test
    void aRepositoryThatFailsCostsTheResumptionAndNotTheFeed() throws Exception {
        StateRepository<String, String> broken = new MemoryStateRepository() {
            @Override
            public void setState(String key, String value) {
                throw new IllegalStateException("disk full");
            }
        };
        try (ListeningRoute route = listen(broken, exchange -> { })) {
            route.awaitSettled();
            gws.agent("alice").session().says("one").says("two");
            assertThat(route.takeText()).isEqualTo("one");
            assertThat(route.takeText()).isEqualTo("two");
        }
    }

    private Path sessionFile() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".session")).findFirst().orElseThrow();
        }
    }

    /** The cookies by which the server knows the session were forgotten with the login: 402, a new session, a gap. */
    @ParameterizedTest
    @CsvSource({ "503, BACKING_OFF, true", "401, PARKED, true", "401, PARKED, false" })
    void aLoginThatFailsFirstDoesNotCostTheSession(int status, String state, boolean retryNow) throws Exception {
        try (ListeningRoute route = listen(new FilePositionRepository(folder), exchange -> { })) {
            route.awaitSettled();
        }
        gws.agent("alice").session().says("meanwhile");
        gws.faults().once(Step.LOGIN, Fault.status(status));
        String options = retryNow ? "parkedRetryInterval=10m" : "parkedRetryInterval=1s";
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "stateRepository=#state",
                "reconnectDelay=60000", "reconnectDelayMax=60000", options), exchange -> { },
                new FilePositionRepository(folder))) {
            if (retryNow) {
                route.awaitState(state);
                route.consumer().retryNow();
            }
            assertThat(route.takeText()).isEqualTo("meanwhile");
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
        assertThat(gws.requests().count(Step.LOGIN)).as("the first process, the failure, the next one").isEqualTo(3);
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("the same session").isEqualTo(1);
    }
}
