package org.imsession.camel.gws;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.imsession.camel.gws.GwsException.Kind;

/**
 * Decides what an answer means: success is a 2xx <em>and</em> a {@code statusCode} of 0 or 7; real servers pair them
 * in every other way, too.
 */
final class AnswerCheck {

    private static final String CSRF_REFUSAL = "csrf";
    private static final int SHORT_TEXT = 1000;

    private final String host;
    private final GwsSettings settings;
    private final GwsJson json;
    private final Clock clock;
    private final TransportFailure failures;
    private final ServerWords words;
    private final HttpCookieStore cookies;

    AnswerCheck(GwsSettings settings, GwsJson json, Clock clock, TransportFailure failures, ServerWords words,
                HttpCookieStore cookies) {
        this.host = settings.host();
        this.settings = settings;
        this.json = json;
        this.clock = clock;
        this.failures = failures;
        this.words = words;
        this.cookies = cookies;
    }

    /**
     * The members of a successful answer.
     *
     * @param operation what people say or attach, which the message of a failure does not repeat
     * @throws GwsException for any other
     */
    GwsAnswer accept(HttpAnswer answer, String agent, Object operation) {
        int http = answer.status();
        if (http == 407) {
            throw failures.proxyRefused();
        }
        if (http >= 300 && http < 400) {
            throw redirected(answer);
        }
        Optional<Duration> retryAfter = RetryAfter.parse(answer.headers().get(HttpHeader.RETRY_AFTER), clock);
        if (http == 429 || http == 503 && retryAfter.isPresent()) {
            throw new GwsException(Kind.THROTTLED, host + " asks for fewer requests (HTTP " + http + "), to be sent "
                    + "again after " + retryAfter.map(wait -> wait.toSeconds() + " s").orElse("a while"), http,
                    GwsStatus.UNKNOWN.code(), retryAfter.orElse(null));
        }
        boolean success = http >= 200 && http < 300;
        Map<String, Object> members = members(answer, success);
        int code = members.get("statusCode") instanceof Number number ? number.intValue() : GwsStatus.UNKNOWN.code();
        GwsStatus status = GwsStatus.of(code);
        if (success && (status == GwsStatus.OK || status == GwsStatus.PARTIAL_SUCCESS)) {
            return new GwsAnswer(http, status, members);
        }
        String said = members.get("statusMessage") instanceof String text ? words.quote(text, operation) : "";
        throw refused(answer, code, agent, said);
    }

    /** As {@link #accept}, for a request that carried the credential: whoever says 401 or 403 to it, means that. */
    GwsAnswer acceptLogin(HttpAnswer answer, String agent) {
        try {
            return accept(answer, agent, null);
        } catch (GwsException e) {
            if (answer.status() == 404 || answer.status() == 405 || answer.status() == 410) {
                throw new GwsException(Kind.NOT_GWS, "There is no GWS API at " + settings.api() + " (HTTP "
                        + answer.status() + "). Check serverUrl, which is scheme, host and port, and apiPath",
                        answer.status(), e.statusCode(), null);
            }
            boolean refused = answer.status() == 401 || answer.status() == 403;
            throw refused && e.kind() != Kind.CREDENTIALS_REFUSED
                    ? credentialsRefused(agent, "HTTP " + answer.status(), answer.status(), e.statusCode()) : e;
        }
    }

    private GwsException refused(HttpAnswer answer, int code, String agent, String said) {
        int http = answer.status();
        GwsStatus status = GwsStatus.of(code);
        String detail = "HTTP " + http + (code == GwsStatus.UNKNOWN.code() ? ""
                : ", statusCode " + code + ", " + status.meaning()) + (said.isEmpty() ? "" : ": " + said);
        if (http == 403 && mentionsCsrf(answer)) {
            return new GwsException(Kind.CSRF_REFUSED, host + " does not accept the CSRF token of agent " + agent
                    + " (" + detail + "). Check that nothing in between drops cookies or X-CSRF headers", http, code,
                    null);
        }
        if (http == 401 || status == GwsStatus.NOT_AUTHENTICATED) {
            return credentialsRefused(agent, detail + WithheldCookies.of(cookies, answer.uri(), words), http, code);
        }
        if (http >= 500) {
            return new GwsException(Kind.SERVER_ERROR, host + " failed (" + detail + "). Look at the log of GWS", http,
                    code, null);
        }
        if (code == GwsStatus.UNKNOWN.code()) {
            return notGws(http, "JSON without statusCode or a page");
        }
        return new GwsException(Kind.OPERATION_REFUSED, host + " refuses it for agent " + agent + " (" + detail + ")",
                http, code, null);
    }

    GwsException credentialsRefused(String agent, String detail, int http, int code) {
        return new GwsException(Kind.CREDENTIALS_REFUSED, host + " does not accept the credential of agent " + agent
                + " (" + detail + "). Check user name and password or token, and that the account is neither locked "
                + "nor asked to change its password", http, code, null);
    }

    private Map<String, Object> members(HttpAnswer answer, boolean needed) {
        try {
            if (answer.looksLikeJson()) {
                return json.readObject().apply(answer.body());
            }
        } catch (RuntimeException e) {
            // the cause would quote the answer
            if (needed) {
                throw new GwsException(Kind.BAD_ANSWER, "The answer of " + host + " is not valid JSON ("
                        + answer.body().length + " bytes)", answer.status(), GwsStatus.UNKNOWN.code(), null);
            }
        }
        if (!needed) {
            return Map.of();
        }
        throw answer.isEmpty()
                ? new GwsException(Kind.BAD_ANSWER, host + " sent an empty answer (HTTP " + answer.status() + ")",
                        answer.status(), GwsStatus.UNKNOWN.code(), null)
                : notGws(answer.status(), answer.looksLikeMarkup() ? "an HTML page" : "something else than JSON");
    }

    private GwsException notGws(int http, String what) {
        return new GwsException(Kind.NOT_GWS, "What answers at " + host + " is not the GWS API: " + what + " (HTTP "
                + http + "). Check serverUrl and apiPath, and that no login page or gateway stands in between"
                + (http == 400 ? ". " + settings.otherScheme() : ""), http,
                GwsStatus.UNKNOWN.code(), null);
    }

    /** Names scheme and host only: the rest of a Location is the sender's, and may carry tokens. */
    private GwsException redirected(HttpAnswer answer) {
        return new GwsException(Kind.REDIRECTED, host + " sends us to " + target(answer) + " (HTTP " + answer.status()
                + "), which is not followed, because credentials go only to the configured server. If that is GWS, "
                + "give it as serverUrl", answer.status(), GwsStatus.UNKNOWN.code(), null);
    }

    private String target(HttpAnswer answer) {
        String location = answer.headers().get(HttpHeader.LOCATION);
        try {
            URI target = answer.uri().resolve(location == null ? "" : location);
            return target.getHost() == null ? "an address without host" : words.quote(target.getScheme()
                    + "://" + target.getHost() + (target.getPort() < 0 ? "" : ":" + target.getPort()));
        } catch (IllegalArgumentException e) {
            return "something that is no address";
        }
    }

    private static boolean mentionsCsrf(HttpAnswer answer) {
        byte[] body = answer.body();
        String start = new String(body, 0, Math.min(body.length, SHORT_TEXT), StandardCharsets.UTF_8);
        return start.toLowerCase(Locale.ROOT).contains(CSRF_REFUSAL);
    }
}
