package org.imsession.camel.gws;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;

/**
 * Which GWS, and how patiently. Immutable; start from {@link #of(String)} and change what differs.
 *
 * @param server          scheme, host, port and, behind a gateway, a leading path; without slash at the end
 * @param apiPath         where the API begins below it, {@code /api/v2} unless a gateway moves it
 * @param requestTimeout  how long one request may take as a whole, from its queueing to the last byte of the answer
 * @param maxAnswerLength the longest answer in bytes, counted after decompression
 */
public record GwsSettings(URI server, String apiPath, Duration requestTimeout, int maxAnswerLength) {

    private static final int MIB = 1024 * 1024;

    public GwsSettings {
        apiPath = normalised(apiPath);
        if (requestTimeout.toMillis() <= 0) {
            throw new IllegalArgumentException("requestTimeout is " + requestTimeout + ", it must be greater than 0");
        }
        if (maxAnswerLength <= 0) {
            throw new IllegalArgumentException("maxAnswerLength is " + maxAnswerLength
                    + ", it must be greater than 0");
        }
    }

    /**
     * A server with the documented API path, 15 s for a request and 16 MiB for an answer.
     *
     * @param serverUrl such as {@code https://gws.example.com:8443}
     * @throws IllegalArgumentException if it is not an absolute http or https address, or carries credentials, a
     *                                  query or a fragment
     */
    public static GwsSettings of(String serverUrl) {
        return new GwsSettings(server(serverUrl), "/api/v2", Duration.ofSeconds(15), 16 * MIB);
    }

    public GwsSettings withApiPath(String path) {
        return new GwsSettings(server, path, requestTimeout, maxAnswerLength);
    }

    public GwsSettings withRequestTimeout(Duration timeout) {
        return new GwsSettings(server, apiPath, timeout, maxAnswerLength);
    }

    public GwsSettings withMaxAnswerLength(int bytes) {
        return new GwsSettings(server, apiPath, requestTimeout, bytes);
    }

    /** The address of the API, such as {@code https://gws.example.com/api/v2}. */
    public URI api() {
        return URI.create(server + apiPath);
    }

    /** The server as messages name it: scheme, host and port. */
    String host() {
        return server.getScheme() + "://" + server.getRawAuthority();
    }

    private static URI server(String serverUrl) {
        URI uri;
        try {
            uri = new URI(serverUrl.strip());
        } catch (URISyntaxException e) {
            // no cause: it would repeat the value, which may hold a password
            throw refused(serverUrl, "is not an address");
        }
        if (uri.getRawUserInfo() != null || uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
            throw refused(serverUrl, "carries user information; give username and password as options of their own");
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
            throw refused(serverUrl, "does not begin with http:// or https://");
        }
        if (uri.getHost() == null) {
            throw refused(serverUrl, "names no valid host");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw refused(serverUrl, "has the port " + uri.getPort() + ", which is not from 1 to 65535");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused(serverUrl, "has a query or fragment");
        }
        String path = uri.getRawPath().replaceAll("/+$", "");
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create(uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getHost() + port + path);
    }

    private static IllegalArgumentException refused(String serverUrl, String why) {
        boolean harmless = serverUrl.chars().noneMatch(c -> "@?#".indexOf(c) >= 0);
        return new IllegalArgumentException("serverUrl " + (harmless ? "'" + serverUrl + "' " : "") + why
                + ". Give the address of GWS without its API path, such as https://gws.example.com:8443");
    }

    private static String normalised(String path) {
        String bare = path.strip().replaceAll("^/+|/+$", "");
        if (!bare.matches("[A-Za-z0-9._~/-]*") || ("/" + bare + "/").contains("/../")) {
            throw new IllegalArgumentException("apiPath is '" + path + "'; give a plain path such as /api/v2");
        }
        return bare.isEmpty() ? "" : "/" + bare;
    }
}
