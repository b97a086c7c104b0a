package org.imsession.camel.gws;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A server that nobody knows: its certificate is made on the spot, by itself. An {@link SSLContext} does not tell whom it
 * trusts, whoever made it, so it is asked to shake hands with this one, in memory. One that agrees would agree with any.
 */
final class UnknownServer {

    private static final String HOST = "nobody.invalid";
    /** More than any handshake takes; ends one that goes round in circles. */
    private static final int STEPS = 100;
    // DER, X.690: tags of what a certificate is made of (RFC 5280, 4.1)
    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int OCTETS = 0x04;
    private static final int UTF8 = 0x0c;
    private static final int TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final int DNS_NAME = 0x82;
    private static final byte[] ECDSA_WITH_SHA256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
    private static final byte[] ALTERNATIVE_NAME = {0x06, 0x03, 0x55, 0x1d, 0x11};

    private UnknownServer() {
    }

    /**
     * Whether a client would give its credentials to a server that nobody knows. Takes some milliseconds of computing,
     * and no network.
     *
     * @param tls how the client makes its engines, started, not {@code null}
     */
    static boolean isTrustedBy(SslContextFactory.Client tls) {
        try {
            SSLEngine server = server().createSSLEngine();
            server.setUseClientMode(false);
            SSLEngine client = tls.newSSLEngine(HOST, 443);
            client.setUseClientMode(true);
            return agrees(client, server);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Whether any certificate would be accepted cannot be found out: the JVM"
                    + " cannot make one of an elliptic curve (P-256); look at its security providers", e);
        }
    }

    /** A trust manager that fails with whatever it may, as for a chain that it does not expect, has not agreed. */
    private static boolean agrees(SSLEngine client, SSLEngine server) {
        try {
            return shakeHands(client, server);
        } catch (SSLException | RuntimeException e) {
            return false;
        }
    }

    private static boolean shakeHands(SSLEngine client, SSLEngine server) throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        client.beginHandshake();
        server.beginHandshake();
        for (int step = 0; step < STEPS; step++) {
            // the client's word alone counts: the server may find fault with what has been agreed to
            if (go(client, toClient, toServer)) {
                return true;
            }
            go(server, toServer, toClient);
        }
        return false;
    }

    /** Does what is to be done now; whether that was the end of the handshake. */
    private static boolean go(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            return false;
        }
        SSLEngineResult result;
        if (status == HandshakeStatus.NEED_WRAP) {
            result = engine.wrap(nothing, out);
        } else {
            in.flip();
            result = engine.unwrap(in, ByteBuffer.allocate(1 << 16));
            in.compact();
        }
        return result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    }

    private static SSLContext server() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        char[] password = "unused".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, password);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        store.setKeyEntry("key", keys.getPrivate(), password, new Certificate[] {certificate(keys)});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static Certificate certificate(KeyPair keys) throws GeneralSecurityException {
        byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME,
                der(UTF8, HOST.getBytes(StandardCharsets.US_ASCII)))));
        byte[] algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
        Instant now = Instant.now();
        byte[] serial = new byte[8];
        new SecureRandom().nextBytes(serial);
        serial[0] = 1; // positive, and not in the shortest form of another
        byte[] names = der(SEQUENCE, der(DNS_NAME, HOST.getBytes(StandardCharsets.US_ASCII)));
        byte[] body = der(SEQUENCE, der(VERSION, der(INTEGER, new byte[] {2})), der(INTEGER, serial), algorithm, name,
                der(SEQUENCE, time(now.minus(1, ChronoUnit.DAYS)), time(now.plus(1, ChronoUnit.DAYS))), name,
                keys.getPublic().getEncoded(),
                der(EXTENSIONS, der(SEQUENCE, der(SEQUENCE, ALTERNATIVE_NAME, der(OCTETS, names)))));
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(keys.getPrivate());
        signer.update(body);
        byte[] certificate = der(SEQUENCE, body, algorithm, der(BITS, new byte[1], signer.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static byte[] time(Instant time) {
        return der(TIME, DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC).format(time)
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length > 0xff) {
            out.write(0x82); // two bytes of length follow
            out.write(length >> 8);
        } else if (length > 0x7f) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
