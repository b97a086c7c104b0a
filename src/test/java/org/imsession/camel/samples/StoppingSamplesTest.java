package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.spi.ShutdownStrategy;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.consumer.LogLines;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stop while a sink is away: it took 45 s and 18 lines of stack. */
class StoppingSamplesTest {

    /** Camel's patience, in the settings; the rest of a stop waits for nobody who is away. */
    private static final long MOST_SECONDS = 6;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();
    @TempDir
    Path folder;

    private enum Away { FILES, BROKER, SERVICE, SILENT_SERVICE }

    /** Attempts go on meanwhile; without them all that waits would be a dead letter, after one attempt each. */
    @ParameterizedTest
    @EnumSource
    void waitsForNoSinkThatIsAwayAndTheEventStaysWithTheServer(Away away) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = new HashMap<>();
            switch (away) {
                case FILES -> Files.createFile(Files.createDirectory(folder.resolve("im"), PosixFilePermissions
                        .asFileAttribute(PosixFilePermissions.fromString("rwx------"))).resolve("messages"));
                case BROKER -> settings.putAll(Map.of("im.to.messages", "direct:jms-messages",
                        "camel.beans.imBroker.brokerURL", "tcp://127.0.0.1:1"));
                case SERVICE -> settings.putAll(Map.of("im.to.messages", "direct:http", "im.http.url",
                        "http://127.0.0.1:1/"));
                case SILENT_SERVICE -> settings.putAll(Map.of("im.to.messages", "direct:http", "im.http.url",
                        "http://127.0.0.1:" + silent.getLocalPort() + "/"));
                default -> throw new AssertionError(away);
            }
            try (SampleRoutes routes = SampleRoutes.start(gws, folder, settings)) {
                gws.agent("alice").sendRaw(Documented.MESSAGE).sendRaw(Documented.MESSAGE);
                IMSessionConsumer consumer = (IMSessionConsumer) routes.context().getRoute("im-agent").getConsumer();
                await().atMost(SampleRoutes.PATIENCE).until(() -> consumer.getPendingEvents() == 2
                        && consumer.getExchanges() > 0);
                ShutdownStrategy strategy = routes.context().getShutdownStrategy();
                assertThat(strategy.getTimeUnit().toSeconds(strategy.getTimeout())).isEqualTo(MOST_SECONDS);
                int before = log.with("\tat ").size();
                routes.close();
                assertThat(log.with("\tat ")).hasSize(before);
                assertThat(gws.agent("alice").queued()).isEqualTo(2);
                assertThat(routes.deadLetters("http.jsonl")).isEmpty();
            }
        }
    }
}
