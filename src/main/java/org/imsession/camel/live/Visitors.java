package org.imsession.camel.live;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Who may look: programs of this machine that ask for it by its loopback address, and, if a public address is set, the
 * reverse proxy that has it, which proves itself by a shared secret and says who its user is.
 *
 * @param publicUrl  the address at which the proxy is asked, such as {@code https://im.example.com}, empty for none
 * @param userHeader the header in which the proxy says who asks
 * @param secret     what the header X-IMSession-Secret must hold; empty if there is no proxy
 */
record Visitors(String publicUrl, String userHeader, String secret) {

    static final String SECRET_HEADER = "X-IMSession-Secret";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int LEAST_SECRET = 16;

    Visitors {
        if (!publicUrl.isEmpty() && (secret.isEmpty() || userHeader.isEmpty())) {
            throw new IllegalArgumentException("publicUrl=" + publicUrl + " opens the live page to others, so secret"
                    + " and userHeader are needed: the secret that the reverse proxy sends in " + SECRET_HEADER
                    + ", and the header in which it says who its user is");
        }
        if (!secret.isEmpty() && secret.length() < LEAST_SECRET) {
            throw new IllegalArgumentException("secret has " + secret.length() + " characters; take " + LEAST_SECRET
                    + " or more, such as 32 random ones");
        }
    }

    /**
     * Why a request is not answered; empty if it is. The host is checked because a name of an attacker's may lead here
     * (DNS rebinding), and the origin because any page in the browser may send requests here.
     */
    String refused(UnaryOperator<String> header, int port) {
        String host = lower(header.apply("Host"));
        String origin = lower(header.apply("Origin"));
        String site = lower(header.apply("Sec-Fetch-Site"));
        if (!isLoopback(host, port) && !isPublic(host)) {
            return "This host is not served: ask for 127.0.0.1, or set publicUrl";
        }
        if (!origin.isEmpty() && !isLoopback(origin.startsWith("http://") ? origin.substring("http://".length()) : "",
                port) && !(origin.equals(lower(publicUrl)) && !publicUrl.isEmpty())) {
            return "Pages of this origin are not served";
        }
        if (!Set.of("", "same-origin", "none").contains(site)) {
            return "Other pages are not served";
        }
        if (!secret.isEmpty() && !isSecret(header.apply(SECRET_HEADER))) {
            return "The page is behind a reverse proxy: ask there";
        }
        return !secret.isEmpty() && user(header).isEmpty() ? "The reverse proxy does not say who asks" : "";
    }

    /** Who asks, as the proxy says; empty without one, for then nobody has proved who he is. */
    String user(UnaryOperator<String> header) {
        String user = secret.isEmpty() || userHeader.isEmpty() ? null : header.apply(userHeader);
        return user == null ? "" : Shown.cut(user.strip(), Shown.LONGEST_LAST_TEXT);
    }

    private static boolean isLoopback(String host, int port) {
        return LOOPBACK.stream().anyMatch(name -> host.equals(name + ":" + port));
    }

    private boolean isPublic(String host) {
        return !publicUrl.isEmpty() && host.equals(lower(URI.create(publicUrl).getAuthority()));
    }

    private boolean isSecret(String said) {
        return said != null && MessageDigest.isEqual(said.getBytes(StandardCharsets.UTF_8),
                secret.getBytes(StandardCharsets.UTF_8));
    }

    private static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Visitors[publicUrl=" + publicUrl + ", userHeader=" + userHeader + "]";
    }
}
