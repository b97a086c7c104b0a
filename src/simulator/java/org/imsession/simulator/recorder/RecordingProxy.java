package org.imsession.simulator.recorder;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.imsession.simulator.recording.RecordedAnswer.End;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jetty's reverse proxy, which listens. */
final class RecordingProxy extends ProxyHandler.Reverse {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingProxy.class);
    private static final String API = "/api/v2/";
    private static final String HEARD = "org.imsession.simulator.recorder";
    /** Each agent has one connect held. */
    private static final int MOST_CONNECTIONS = 16_384;

    private final URI target;
    private final Journal journal;
    private final long idleMillis;
    /** What has been told, for each request would tell it again. */
    private final Set<Class<?>> told = ConcurrentHashMap.newKeySet();

    RecordingProxy(URI target, Journal journal, long idleMillis) {
        super(request -> HttpURI.build(request.getHttpURI()).scheme(target.getScheme()).host(target.getHost())
                .port(target.getPort()).asImmutable());
        this.target = target;
        this.journal = journal;
        this.idleMillis = idleMillis;
    }

    @Override
    protected void configureHttpClient(HttpClient client) {
        super.configureHttpClient(client);
        client.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
        client.setIdleTimeout(idleMillis);
        client.setRequestBufferSize(64 * 1024);
        client.setMaxResponseHeadersSize(64 * 1024);
    }

    private static Heard heard(Request request) {
        return (Heard) request.getAttribute(HEARD);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Heard heard = new Heard(request);
        if (!heard.path().startsWith(API) && told.add(Request.class)) {
            LOG.warn("A request is not below {}: it is passed on, but what is recorded of it cannot be played, for the "
                    + "steps of the protocol are known by their paths. Let apiPath be /api/v2 while recording", API);
        }
        request.setAttribute(HEARD, heard);
        return super.handle(request, response, callback);
    }

    @Override
    protected void copyRequestHeaders(Request from, org.eclipse.jetty.client.Request to) {
        super.copyRequestHeaders(from, to);
        // what is packed cannot be read; and the server is to be called by its own name
        to.headers(head -> head.remove(HttpHeader.ACCEPT_ENCODING).put(HttpHeader.HOST, target.getRawAuthority()));
    }

    @Override
    protected void addProxyHeaders(Request from, org.eclipse.jetty.client.Request to) {
        // the server is to answer as it does without us
    }

    @Override
    protected org.eclipse.jetty.client.Request.Content newProxyToServerRequestContent(Request from,
            Response response, org.eclipse.jetty.client.Request to) {
        return new OverheardContent(super.newProxyToServerRequestContent(from, response, to), heard(from)::asked);
    }

    /** A client that speaks http to us would neither send a cookie for https only, nor one of another domain. */
    @Override
    protected HttpField filterServerToProxyResponseField(HttpField field) {
        if (field.getHeader() == HttpHeader.SET_COOKIE) {
            return new HttpField(HttpHeader.SET_COOKIE,
                    field.getValue().replaceAll("(?i);\\s*(?:secure|domain=[^;]*|samesite=none)\\s*(?=;|$)", ""));
        }
        return super.filterServerToProxyResponseField(field);
    }

    @Override
    protected org.eclipse.jetty.client.Response.CompleteListener newServerToProxyResponseListener(Request from,
            org.eclipse.jetty.client.Request to, Response response, Callback callback) {
        return new Overhearing(from, to, response, callback);
    }

    /** Jetty would answer with 502: the client is to see what we saw, no answer, or the end of one. */
    @Override
    protected void onServerToProxyResponseFailure(Request from, org.eclipse.jetty.client.Request to,
            org.eclipse.jetty.client.Response answer, Response response, Callback callback, Throwable failure) {
        if (told.add(failure.getClass())) {
            LOG.warn("An answer of {} did not come whole to the client ({}){}", target, failure.toString(),
                    failure instanceof SSLException ? "; a CA of your own is one of Java's if JAVA_TOOL_OPTIONS has "
                            + "-Djavax.net.ssl.trustStore=FILE and -Djavax.net.ssl.trustStorePassword=..." : "");
        }
        from.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.failed(failure);
    }

    private final class Overhearing extends ProxyResponseListener {

        private final Heard heard;

        Overhearing(Request from, org.eclipse.jetty.client.Request to, Response response, Callback callback) {
            super(from, to, response, callback);
            this.heard = heard(from);
        }

        @Override
        public void onHeaders(org.eclipse.jetty.client.Response answer) {
            heard.begun(answer.getStatus(), answer.getHeaders());
            super.onHeaders(answer);
        }

        /** Written before the client has it all, so that no answer to a next request comes before this one. */
        @Override
        public void onContent(org.eclipse.jetty.client.Response answer, Content.Chunk chunk, Runnable demand) {
            heard.answered(chunk.getByteBuffer());
            if (heard.isWhole()) {
                journal.write(heard, End.WHOLE);
            }
            super.onContent(answer, chunk, demand);
        }

        @Override
        public void onSuccess(org.eclipse.jetty.client.Response answer) {
            journal.write(heard, End.WHOLE);
            super.onSuccess(answer);
        }

        @Override
        public void onComplete(Result result) {
            if (result.isFailed()) {
                journal.write(heard, heard.status() == 0 ? End.LOST : End.CUT);
            }
            super.onComplete(result);
        }
    }
}
