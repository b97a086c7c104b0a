package org.imsession.camel.gws;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import org.imsession.camel.model.LogText;

/**
 * Which GWS, and how patiently. Immutable; start from {@link #of(String)} and change what differs.
 *
 * @param server          scheme, host, port and, behind a gateway, a leading path; without slash at the end
 * @param apiPath         where the API begins below it, {@code /api/v2} unless a gateway moves it
 * @param requestTimeout  how long nothing may come from the queueing of a request until its answer begins, and between
 *                        two pieces of that
 * @param answerTimeout   how long an answer may take from its beginning to its end
 * @param maxAnswerLength the longest answer in bytes, counted after decompression
 */
public record GwsSettings(URI server, String apiPath, Duration requestTimeout, Duration answerTimeout,
                          int maxAnswerLength) {

    private static final int MIB = 1024 * 1024;

    public GwsSettings {
        apiPath = normalised(apiPath);
        String path = String.valueOf(server.getPath());
        if (path.matches("(?i).*/api(/v\\d+)?(/.*)?") || !apiPath.isEmpty() && path.endsWith(apiPath)) {
            throw new IllegalArgumentException("serverUrl '" + LogText.escape(server.toString()) + "' has the path of"
                    + " the API in it, to which apiPath (" + apiPath + ") is added. Give scheme, host and port only, such as "
                    + server.getScheme() + "://" + server.getRawAuthority());
        }
        if (requestTimeout.toMillis() <= 0) {
            throw new IllegalArgumentException("requestTimeout is " + requestTimeout + ", it must be greater than 0");
        }
        if (answerTimeout.toMillis() <= 0) {
            throw new IllegalArgumentException("answerTimeout is " + answerTimeout + ", it must be greater than 0");
        }
        if (maxAnswerLength <= 0) {
            throw new IllegalArgumentException("maxAnswerLength is " + maxAnswerLength
                    + ", it must be greater than 0");
        }
    }

    /**
     * A server with the documented API path, 15 s of silence, and 10 min and 16 MiB for an answer.
     *
     * @param serverUrl such as {@code https://gws.example.com:8443}
     * @throws IllegalArgumentException if it is not an absolute http or https address, or carries credentials, a
     *                                  query or a fragment
     */
    public static GwsSettings of(String serverUrl) {
        return new GwsSettings(server(serverUrl), "/api/v2", Duration.ofSeconds(15), Duration.ofMinutes(10),
                16 * MIB);
    }

    public GwsSettings withApiPath(String path) {
        return new GwsSettings(server, path, requestTimeout, answerTimeout, maxAnswerLength);
    }

    public GwsSettings withRequestTimeout(Duration timeout) {
        return new GwsSettings(server, apiPath, timeout, answerTimeout, maxAnswerLength);
    }

    public GwsSettings withAnswerTimeout(Duration timeout) {
        return new GwsSettings(server, apiPath, requestTimeout, timeout, maxAnswerLength);
    }

    public GwsSettings withMaxAnswerLength(int bytes) {
        return new GwsSettings(server, apiPath, requestTimeout, answerTimeout, bytes);
    }

    /** The address of the API, such as {@code https://gws.example.com/api/v2}. */
    public URI api() {
        return URI.create(server + apiPath);
    }

    /** Whether what is sent can be read on its way, to anywhere but this machine. */
    public boolean inClear() {
        String name = server.getHost().toLowerCase(Locale.ROOT);
        return server.getScheme().equals("http") && !name.equals("localhost") && !name.endsWith(".localhost")
                && !name.matches("127(\\.\\d{1,3}){3}") && !name.matches("\\[(0{0,4}:){0,7}0{0,3}1]");
    }

    /** What to look at if the scheme is not the one that is spoken on that port. */
    String otherScheme() {
        return server.getScheme().equals("http") ? "If that port is for TLS, begin serverUrl with https://"
                : "If that port is not for TLS, give the one that is, or check the scheme in serverUrl";
    }

    /** The server as messages name it: scheme, host and port; one text for all its agents. */
    String host() {
        return (server.getScheme() + "://" + server.getRawAuthority()).intern();
    }

    private static URI server(String serverUrl) {
        if (serverUrl.isBlank()) {
            throw refused(serverUrl, "is empty; set the variable it is taken from (IMSESSION_SERVER in the sample"
                    + " settings), if it is taken from one");
        }
        if (serverUrl.strip().matches("(?s).*([,;|]|\\shttps?:).*")) {
            throw refused(serverUrl, "names more than one server, and an agent is followed at one. Use a name that"
                    + " leads to the site that is up (DNS, load balancer), or a route for each site");
        }
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
        return new IllegalArgumentException("serverUrl " + (harmless ? "'" + LogText.escape(serverUrl, 200)
                + "' " : "") + why
                + ". Give the address of GWS without its API path, such as https://gws.example.com:8443");
    }

    private static String normalised(String path) {
        String bare = path.strip().replaceAll("^/+|/+$", "");
        if (!bare.matches("[A-Za-z0-9._~/-]*") || ("/" + bare + "/").contains("/../")) {
            throw new IllegalArgumentException("apiPath is '" + LogText.escape(path, 200)
                    + "'; give a plain path such as /api/v2");
        }
        return bare.isEmpty() ? "" : "/" + bare;
    }
}
