package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.TcpProxy;
import org.imsession.simulator.TcpProxy.Toxic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each toxic does its harm to the bytes, and the proxy counts. */
class TcpProxyTest {

    private static final String REQUEST = "GET /api/v2/diagnostics/version HTTP/1.1\r\nHost: x\r\n"
            + "Connection: close\r\n\r\n";

    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.create();

    private TcpProxy proxy;
    private int length;

    @BeforeEach
    void learnTheLength() throws IOException {
        proxy = TcpProxy.to(GWS.port());
        length = exchange().length();
        assertThat(length).isGreaterThan(50);
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void bytesAndConnectionsAreCounted() throws IOException {
        exchange();
        assertThat(proxy.connections()).isEqualTo(2);
        // counted when they have been passed on, which is when the other side may have them already
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> proxy.bytesToClient() >= 2L * length
                && proxy.bytesToServer() >= 2L * REQUEST.length());
        assertThat(proxy.bytesToClient()).isEqualTo(2L * length);
        assertThat(proxy.bytesToServer()).isEqualTo(2L * REQUEST.length());
    }

    @Test
    void latencyDelays() throws IOException {
        proxy.add(Toxic.latency(Duration.ofMillis(100), Duration.ofMillis(10)));
        long start = System.nanoTime();
        assertThat(exchange()).hasSize(length);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(99));
    }

    @Test
    void slicesComeOneByOne() throws IOException {
        proxy.add(Toxic.slices(10, Duration.ofMillis(5)));
        long start = System.nanoTime();
        assertThat(exchange()).hasSize(length);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(length / 10 * 5L));
    }

    @Test
    void aCutEndsOneAnswerAfterSoManyBytes() throws IOException {
        for (int bytes : new int[] {0, 1, 17, length - 1}) {
            proxy.add(Toxic.closeOnceAfter(bytes));
            assertThat(exchange()).hasSize(bytes);
            assertThat(exchange()).hasSize(length);
        }
    }

    @Test
    void aResetIsSeenAsOne() throws IOException {
        proxy.add(Toxic.resetOnceAfter(0));
        assertThatThrownBy(this::exchange).isInstanceOf(SocketException.class);
        assertThat(exchange()).hasSize(length);
    }

    @Test
    void aCutMayHoldForAllConnections() throws IOException {
        Toxic cut = new Toxic.CutAfter(9, false, false);
        proxy.add(cut);
        assertThat(exchange()).hasSize(9);
        assertThat(exchange()).hasSize(9);
        proxy.remove(cut);
        assertThat(exchange()).hasSize(length);
    }

    @Test
    void aHalfClosedConnectionStillTakesBytes() throws IOException {
        proxy.add(new Toxic.HalfClose(5));
        try (Socket socket = send()) {
            assertThat(socket.getInputStream().readAllBytes()).hasSize(5);
            socket.getOutputStream().write('x');
            assertThat(proxy.openConnections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingPassesUntilTheToxicIsRemoved(boolean stall) throws Exception {
        proxy.add(stall ? new Toxic.Stall() : new Toxic.AcceptAndHang());
        try (Socket socket = send()) {
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            proxy.clear();
            socket.setSoTimeout(5_000);
            assertThat(read(socket)).hasSize(length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 299, 302, 407, 502})
    void aTunnelIsOpenedByAny2xx(int status) throws Exception {
        proxy.add(new Toxic.Tunnel(status));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.getOutputStream().write(("CONNECT gws.invalid:443 HTTP/1.1\r\nHost: gws.invalid\r\n\r\n" + REQUEST)
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 " + status + " From the proxy\r\n\r\n");
            assertThat(answer.split("HTTP/1.1 ")).hasSize(status < 300 ? 3 : 2);
        }
    }

    @Test
    void aClosedListenerRefuses() throws IOException {
        proxy.refuse();
        assertThatThrownBy(this::exchange).isInstanceOf(ConnectException.class);
        proxy.acceptAgain();
        assertThat(exchange()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void openConnectionsCanBeEnded(boolean reset) throws Exception {
        String name = "alice" + reset;
        GWS.agent(name, "secret");
        HttpAgent http = HttpAgent.at(proxy.url()).basic(name, "secret");
        http.get("/api/v2/me");
        RawBayeux alice = RawBayeux.subscribed(http, true);
        CompletableFuture<HttpAgent.Answer> held = alice.connectLater(0);
        assertThat(GWS.agent(name).awaitHeldConnect(Duration.ofSeconds(5))).isTrue();
        proxy.endConnections(reset);
        assertThatThrownBy(() -> held.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        assertThat(proxy.openConnections()).isZero();
    }

    private Socket send() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String exchange() throws IOException {
        try (Socket socket = send()) {
            return read(socket);
        }
    }

    private static String read(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
