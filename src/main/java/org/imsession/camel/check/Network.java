package org.imsession.camel.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Name, connection and TLS of a server.
 *
 * @param server  its address
 * @param timeout how long a connection, or an answer in its TLS, may take
 */
record Network(URI server, Duration timeout) {

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final Duration SOON = Duration.ofDays(30);

    /** @throws UnknownHostException if it has none */
    String addresses() throws UnknownHostException {
        return host() + " is " + Stream.of(InetAddress.getAllByName(host())).map(InetAddress::getHostAddress)
                .collect(Collectors.joining(", "));
    }

    /** @throws IOException if there is no connection */
    String connection() throws IOException {
        try (Socket socket = open()) {
            return "to " + socket.getInetAddress().getHostAddress() + ", port " + socket.getPort();
        }
    }

    /** Whether the server is this machine. */
    boolean isHere() throws UnknownHostException {
        return InetAddress.getByName(host()).isLoopbackAddress();
    }

    boolean isSecure() {
        return server.getScheme().equalsIgnoreCase("https");
    }

    /** A handshake as the routes have it, host name and trust included. */
    SSLSession strictly(SSLContext context) throws IOException {
        return handshake(context, true);
    }

    /** The certificate, whoever has signed it; nothing is sent. */
    X509Certificate certificate() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] { new Looking() }, null);
        return first(handshake(context, false));
    }

    static X509Certificate first(SSLSession session) throws IOException {
        return (X509Certificate) session.getPeerCertificates()[0];
    }

    /** Subject and validity. */
    static String words(X509Certificate certificate) {
        DateTimeFormatter day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
        return certificate.getSubjectX500Principal().getName() + ", signed by "
                + certificate.getIssuerX500Principal().getName() + ", valid from "
                + day.format(certificate.getNotBefore().toInstant()) + " to "
                + day.format(certificate.getNotAfter().toInstant());
    }

    static boolean endsSoon(X509Certificate certificate, Instant now) {
        return certificate.getNotAfter().toInstant().isBefore(now.plus(SOON));
    }

    private SSLSession handshake(SSLContext context, boolean strict) throws IOException {
        try (Socket plain = open();
             SSLSocket tls = (SSLSocket) context.getSocketFactory()
                     .createSocket(plain, host(), plain.getPort(), true)) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setProtocols(List.of("TLSv1.3", "TLSv1.2").toArray(String[]::new));
            if (strict) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            return tls.getSession();
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket();
        try {
            int port = server.getPort() > 0 ? server.getPort() : isSecure() ? HTTPS_PORT : HTTP_PORT;
            socket.connect(new InetSocketAddress(InetAddress.getByName(host()), port), (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private String host() {
        return server.getHost().replaceAll("[\\[\\]]", "");
    }

    /** To see a certificate that nobody trusts, and say what it is. */
    private static final class Looking implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // nobody is a client here
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // nothing is sent to it
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
