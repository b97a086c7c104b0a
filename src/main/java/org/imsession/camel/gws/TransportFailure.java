package org.imsession.camel.gws;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.imsession.camel.gws.GwsException.Kind;
import org.imsession.camel.model.LogText;
import org.imsession.camel.text.ForPeople;

/**
 * Says what a failure of the HTTP client means to an operator. Of the original only the JDK's own exceptions are kept
 * as cause: Jetty's may carry the request and pieces of the answer.
 */
final class TransportFailure {

    private final String host;
    private final GwsSettings settings;

    TransportFailure(GwsSettings settings, ProxySettings proxy) {
        this.settings = settings;
        this.host = !proxy.present() ? settings.host() : settings.host() + " (through the proxy "
                + new Origin.Address(proxy.host(), proxy.port()).asString() + ")";
    }

    GwsException tooLong() {
        return new GwsException(Kind.TOO_LARGE, "The answer of " + host + " is longer than "
                + settings.maxAnswerLength()
                + " bytes after decompression. If that is really GWS, raise the limit");
    }

    GwsException noMemory() {
        return new GwsException(Kind.TOO_LARGE, "There is no memory for the answer of " + host + ": the answers of all "
                + "agents may take a quarter of the heap. Raise the heap, or look whether that is really GWS");
    }

    GwsException tooSlow() {
        return new GwsException(Kind.TIMEOUT, host + " did not come to the end of its answer within "
                + ForPeople.duration(settings.answerTimeout()) + ". Check the line, or raise answerTimeout");
    }

    /** The exception for what the HTTP client reported. */
    GwsException explain(Throwable failure) {
        GwsException known = find(failure, GwsException.class);
        if (known != null) {
            return known;
        }
        if (LocalFault.is(failure)) {
            return new GwsException(Kind.LOCAL_FAULT, "A request to " + host + " failed: " + LocalFault.words(failure));
        }
        if (find(failure, SSLException.class) != null) {
            return tls(find(failure, SSLException.class), failure);
        }
        if (find(failure, UnknownHostException.class) != null
                || find(failure, UnresolvedAddressException.class) != null) {
            return new GwsException(Kind.UNKNOWN_HOST, "The name of " + host
                    + " is not known here. Check serverUrl and the name service", jdk(failure));
        }
        if (find(failure, SocketTimeoutException.class) != null) {
            return new GwsException(Kind.TIMEOUT, host + " did not accept a connection in time. Check the address, "
                    + "the port and the firewall, or raise connectTimeout", jdk(failure));
        }
        if (find(failure, TimeoutException.class) != null) {
            return new GwsException(Kind.TIMEOUT, host + " gave no whole answer within "
                    + ForPeople.duration(settings.requestTimeout()) + " of silence. Check its health, or raise"
                    + " requestTimeout", jdk(failure));
        }
        if (find(failure, ConnectException.class) != null || find(failure, NoRouteToHostException.class) != null) {
            return new GwsException(Kind.UNREACHABLE, host + " does not accept connections (" + reason(failure)
                    + "). Check that GWS runs there, the port and the firewall", jdk(failure));
        }
        return withoutPrecedent(failure);
    }

    private GwsException withoutPrecedent(Throwable failure) {
        HttpResponseException refused = find(failure, HttpResponseException.class);
        if (refused != null && refused.getResponse().getStatus() == HttpStatus.PROXY_AUTHENTICATION_REQUIRED_407) {
            return proxyRefused();
        }
        if (refused != null && "CONNECT".equals(refused.getResponse().getRequest().getMethod())) {
            int status = refused.getResponse().getStatus();
            return new GwsException(Kind.PROXY_REFUSED, "The proxy does not open a tunnel to " + host + " (HTTP "
                    + status + "). Ask its owner to allow the server", status, GwsStatus.UNKNOWN.code(), null);
        }
        HttpException http = find(failure, HttpException.class);
        if (http != null && (http.getCode() == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431
                || String.valueOf(http.getReason()).contains("Too Large"))) {
            return new GwsException(Kind.TOO_LARGE, "The head of the answer of " + host
                    + " is longer than allowed. Is that really GWS?");
        }
        if (refused != null || http != null || find(failure, ZipException.class) != null) {
            return new GwsException(Kind.BAD_ANSWER, "What " + host
                    + " answers is not valid HTTP. Check the port in serverUrl. " + settings.otherScheme());
        }
        return new GwsException(Kind.ANSWER_LOST, "The connection to " + host + " broke before the answer was whole ("
                + failure.getClass().getSimpleName() + "). Check the network, proxies and load balancers in between. "
                + settings.otherScheme());
    }

    GwsException proxyRefused() {
        return new GwsException(Kind.PROXY_REFUSED, "The proxy in front of " + host + " does not accept its user and "
                + "password (HTTP 407). Check the credentials of the proxy",
                HttpStatus.PROXY_AUTHENTICATION_REQUIRED_407, GwsStatus.UNKNOWN.code(), null);
    }

    private GwsException tls(SSLException problem, Throwable failure) {
        String text = texts(failure);
        String why;
        if (find(failure, CertificateExpiredException.class) != null
                || find(failure, CertificateNotYetValidException.class) != null) {
            why = "its certificate is expired or not yet valid. Have it renewed, and check the clocks";
        } else if (text.contains("No subject alternative") || text.contains("No name matching")) {
            why = "its certificate is for another host name. Use the name in the certificate in serverUrl, or have "
                    + "a certificate issued for this one";
        } else if (text.contains("unable to find valid certification path") || text.contains("PKIX")) {
            why = "nobody we trust has signed its certificate. Put the issuing authority into the trust store "
                    + "(sslContextParameters)";
        } else if (text.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")) {
            why = "it does not speak TLS on this port. " + settings.otherScheme();
        } else if (text.contains("protocol")) {
            why = "it does not speak TLS 1.2 or 1.3 on this port. Enable one of these there, or check the port and "
                    + "scheme in serverUrl";
        } else {
            why = "the TLS handshake failed (" + problem.getClass().getSimpleName() + "). Look at the log of the "
                    + "server, which may ask for a client certificate. " + settings.otherScheme();
        }
        return new GwsException(Kind.TLS, "Not connected to " + host + ": " + why, shown(problem));
    }

    /** What the JDK says, down to its cause, may quote a certificate, which is the server's. */
    private static SSLException shown(SSLException problem) {
        StringBuilder told = new StringBuilder(LogText.escape(problem.toString()));
        for (Throwable each = problem.getCause(); each != null; each = each.getCause()) {
            told.append("; because of ").append(LogText.escape(each.toString()));
        }
        SSLException shown = new SSLException(told.toString());
        shown.setStackTrace(problem.getStackTrace());
        return shown;
    }

    private static String texts(Throwable failure) {
        StringBuilder texts = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            texts.append(each.getMessage()).append('\n');
        }
        return texts.toString();
    }

    private static String reason(Throwable failure) {
        Throwable cause = jdk(failure);
        return cause == null || cause.getMessage() == null ? "refused or no route" : cause.getMessage();
    }

    /** The failure if the JDK made it, such as a refused connection; never one that Jetty made of our request. */
    private static Throwable jdk(Throwable failure) {
        return failure.getClass().getName().startsWith("java.net.") ? failure : null;
    }

    private static <T> T find(Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }
}
