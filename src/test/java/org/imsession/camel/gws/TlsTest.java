package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.imsession.camel.brokenserver.Certificates;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.brokenserver.Wire;
import org.imsession.camel.gws.GwsException.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No request, and so no credential, goes to a server that has not proved who it is. */
class TlsTest {

    private static SSLContext loopback;
    private static SSLContext trusted;
    private static SSLContext expired;
    private static SSLContext anotherHost;
    private static SSLContext selfSigned;

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) {
        Certificates certificates = new Certificates(folder);
        loopback = certificates.forLoopback();
        trusted = certificates.trusted();
        expired = certificates.expired();
        anotherHost = certificates.forAnotherHost();
        selfSigned = certificates.selfSigned();
    }

    @Test
    void aCertificateOfATrustedAuthorityForThisHostIsAccepted() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN, loopback);
             Agent alice = Agent.at(server.url("localhost"), HttpSettings.defaults().withSslContext(trusted))) {
            assertThat(result(alice.session().login()).userName()).isEqualTo("alice");
        }
    }

    @Test
    void anExpiredCertificateIsRefused() {
        refused(expired, trusted, "expired");
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        refused(anotherHost, trusted, "another host name");
    }

    @Test
    void aSelfSignedCertificateIsRefused() {
        refused(selfSigned, trusted, "nobody we trust has signed");
    }

    @Test
    void anAuthorityThatTheJvmDoesNotKnowIsRefusedByDefault() {
        refused(loopback, HttpSettings.defaults().sslContext(), "nobody we trust has signed");
    }

    /** The JDK quotes certificates, and who sends them is not known yet. */
    @Test
    void whatTheJdkSaysOfACertificateIsKeptOnOneLineDownToItsCause() {
        SSLHandshakeException quoting = new SSLHandshakeException("for CN=a\r\nIMS-999\u009b2J\u202e");
        quoting.initCause(new CertificateException("CN=b\n\u2028\u2066"));
        GwsException told = new TransportFailure(Agent.settings("https://127.0.0.1:1"), ProxySettings.NONE)
                .explain(quoting);

        assertThat(told.kind()).isEqualTo(Kind.TLS);
        assertThat(told).hasMessageMatching("[ -~]+");
        assertThat(told.getCause()).isInstanceOf(SSLException.class).hasNoCause().hasMessageMatching("[ -~]+")
                .hasMessageContainingAll("SSLHandshakeException: for CN=a\\u000d\\u000aIMS-999", "CN=b\\u000a");
    }

    /** The JVM of a host may have old protocols switched on again; hence a server that answers in their words. */
    @ParameterizedTest
    @ValueSource(ints = {0x0301, 0x0302})
    void aServerThatSpeaksOnlyAnOldProtocolIsRefused(int version) {
        try (LyingServer server = LyingServer.interrupting(serverHello(version));
             Agent alice = Agent.at(server.url(), HttpSettings.defaults().withSslContext(trusted))) {
            assertThat(refusal(server, alice)).hasMessageContainingAll(server.url(), "TLS 1.2 or 1.3");
        }
    }

    @Test
    void aServerThatSpeaksNoTlsAtAllIsRefused() {
        try (LyingServer server = LyingServer.interrupting(answerInPlain());
             Agent alice = Agent.at(server.url(), HttpSettings.defaults())) {
            assertThat(refusal(server, alice)).hasMessageContainingAll(server.url(), "scheme in serverUrl");
        }
    }

    @Test
    void onlyTls12And13AreOffered() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            assertThat(alice.http().jetty().getSslContextFactory().newSSLEngine().getEnabledProtocols())
                    .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
        }
    }

    /**
     * What is told once the client has seen that this is no TLS. The thread of Jetty's that reads may close the connection
     * before the one that writes has done with it; then that attempt has lost its connection (seen twice in 400 on a loaded
     * machine), is told with the same hint, and is tried again, as a feed does.
     */
    private static GwsException refusal(LyingServer server, Agent alice) {
        return Stream.generate(() -> failure(alice.session().login())).limit(20)
                .peek(each -> assertThat(each).hasMessageContainingAll(server.url(), "scheme in serverUrl"))
                .filter(each -> each.kind() != Kind.ANSWER_LOST).findFirst()
                .filter(each -> each.kind() == Kind.TLS).orElseThrow();
    }

    private static void refused(SSLContext shown, SSLContext trust, String why) {
        try (LyingServer server = LyingServer.telling(LOGGED_IN, shown);
             Agent alice = Agent.at(server.url(), HttpSettings.defaults().withSslContext(trust))) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.TLS);
            assertThat(failure.retryable()).isFalse();
            assertThat(failure).hasMessageContainingAll(server.url(), why);
            assertThat(server.requests()).isEmpty();
        }
    }

    /** Hears the ClientHello and chooses a version that was not offered (RFC 5246, 7.4.1.3). */
    private static Lie serverHello(int version) {
        return (request, wire) -> {
            readHello(wire);
            int hello = 2 + 32 + 1 + 2 + 1;
            ByteBuffer bytes = ByteBuffer.allocate(5 + 4 + hello);
            bytes.put((byte) 22).putShort((short) version).putShort((short) (4 + hello));
            bytes.putInt(2 << 24 | hello).putShort((short) version).put(new byte[32]).put((byte) 0)
                    .putShort((short) 0xc02f).put((byte) 0);
            wire.write(bytes.array());
            wire.untilClosed();
        };
    }

    private static Lie answerInPlain() {
        return (request, wire) -> {
            readHello(wire);
            wire.write("HTTP/1.1 400 Bad Request\r\n\r\n");
        };
    }

    /** What is left unread would reset the connection when it is closed, and the answer with it. */
    private static void readHello(Wire wire) throws IOException {
        DataInputStream in = new DataInputStream(wire.input());
        in.readNBytes(3);
        in.readNBytes(in.readUnsignedShort());
    }
}
