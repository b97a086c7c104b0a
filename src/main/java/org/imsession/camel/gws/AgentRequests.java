package org.imsession.camel.gws;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.imsession.camel.spi.Credential;

/**
 * The requests of one agent and what they carry: cookies, CSRF token, credential. Learns the first two from the
 * answers. Thread-safe.
 */
final class AgentRequests {

    private final GwsSettings settings;
    private final GwsHttpClient http;
    private final ProxyAccess proxy;
    private final boolean forwarded;
    private final boolean proxied;
    private final BoundedAnswer.Limits limits;
    private final String api;
    private final int maxHead;
    private final AgentCookies cookies = new AgentCookies();
    private final ServerWords words = new ServerWords(cookies::all);
    private volatile Credential credential;
    private volatile CsrfToken csrf;

    AgentRequests(GwsSettings settings, GwsHttpClient http, TransportFailure failures, ProxyAccess proxy) {
        this.settings = settings;
        this.http = http;
        this.proxy = proxy;
        this.forwarded = "http".equalsIgnoreCase(settings.server().getScheme());
        this.proxied = forwarded && http.proxy().present();
        this.api = settings.api().toString().intern(); // one text for all agents
        this.maxHead = http.maxRequestHead();
        this.limits = new BoundedAnswer.Limits(settings, failures, AnswerMemory.OF_THIS_JVM.share(
                (long) BoundedAnswer.WEIGHT * settings.maxAnswerLength()), new CutAnswers());
    }

    ServerWords words() {
        return words;
    }

    AgentCookies cookies() {
        return cookies;
    }

    /** What is known of something in front of the server that cuts answers. */
    Optional<String> cutting() {
        return limits.cuts().finding();
    }

    /** Sends the credential at once: GWS asks with a 403 and no challenge. */
    CompletableFuture<HttpAnswer> login(Credential given) {
        credential = given;
        return made(() -> {
            URI uri = http.shared(api + "/me?subresources=features,devices");
            Request request = request(HttpMethod.GET, uri);
            request.headers(headers -> headers.put(HttpHeader.AUTHORIZATION, given.authorization()));
            return exchange(request, uri, true);
        });
    }

    CompletableFuture<HttpAnswer> send(HttpMethod method, String pathAndQuery, byte[] body) {
        return made(() -> {
            URI uri = uri(pathAndQuery);
            Request request = request(method, uri);
            authorize(request);
            if (body.length > 0) {
                request.body(new BytesRequestContent("application/json", body));
            }
            return exchange(request, uri, false);
        });
    }

    /** Whatever is thrown while a request is made and handed over has kept it from leaving. */
    private static CompletableFuture<HttpAnswer> made(Supplier<CompletableFuture<HttpAnswer>> request) {
        try {
            return request.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(GwsException.notSent(e));
        }
    }

    /** See {@link GwsSession#decorate}. */
    void decorate(Request request) {
        if (!isOurServer(request)) {
            request.headers(headers -> headers.remove(HttpHeader.COOKIE).remove(HttpHeader.AUTHORIZATION));
            return;
        }
        String sent = request.getHeaders().get(HttpHeader.COOKIE);
        if (sent != null && sent.isBlank()) {
            // CometD sends "Cookie:" when there is none, which strict firewalls object to
            request.headers(headers -> headers.remove(HttpHeader.COOKIE));
        }
        authorize(request);
        words.sent(request);
        RequestHead.check(request, maxHead, words);
        if (proxied) {
            proxy.refusal().ifPresent(why -> {
                throw why;
            });
            int epoch = proxy.epoch();
            request.onResponseBegin(response -> proxy.heard(response.getStatus(), epoch));
        }
    }

    Optional<String> csrfHeader() {
        return Optional.ofNullable(csrf).map(CsrfToken::toString);
    }

    void forget() {
        credential = null;
        csrf = null;
    }

    private URI uri(String pathAndQuery) {
        String address = api + pathAndQuery;
        return pathAndQuery.endsWith(GwsSession.WHOLE_LIST) ? http.shared(address) : URI.create(address);
    }

    private Request request(HttpMethod method, URI uri) {
        Request request = http.newRequest(uri).method(method)
                // the answer has limits of its own; the pool's idle timeout may be shorter than a slow one
                .idleTimeout(0, TimeUnit.MILLISECONDS)
                .headers(headers -> headers.put(HttpHeader.ACCEPT, "application/json"));
        Unpacker.ask(request);
        cookies.send(request, uri);
        return request;
    }

    private void authorize(Request request) {
        CsrfToken token = csrf;
        if (token != null && !HttpMethod.GET.is(request.getMethod())) {
            token.send(request);
        }
        Credential given = credential;
        // a password opens an HTTP session, whose cookie speaks for it; without one it is needed each time
        if (given instanceof Credential.BearerToken || given != null
                && !request.getHeaders().contains(HttpHeader.COOKIE) && cookies.match(request.getURI()).isEmpty()) {
            request.headers(headers -> headers.put(HttpHeader.AUTHORIZATION, given.authorization()));
        }
    }

    private CompletableFuture<HttpAnswer> exchange(Request request, URI uri, boolean login) {
        boolean get = HttpMethod.GET.is(request.getMethod());
        words.sent(request);
        RequestHead.check(request, maxHead, words);
        CompletableFuture<HttpAnswer> exchanged = forwarded ? forwarded(request, uri) : answer(request, uri);
        return exchanged.thenApply(answer -> {
            if (login) {
                cookies.learnOfLogin(uri, answer.headers());
            } else {
                cookies.learn(uri, answer.headers());
            }
            if (get) {
                CsrfToken.in(answer.headers()).ifPresent(this::learn);
            }
            return answer;
        });
    }

    private CompletableFuture<HttpAnswer> answer(Request request, URI uri) {
        return BoundedAnswer.of(request, uri, limits, http.scheduler());
    }

    /** Carries the proxy's credentials itself, where a tunnel has had them once; see {@link TunnelProxy}. */
    private CompletableFuture<HttpAnswer> forwarded(Request request, URI uri) {
        CompletableFuture<HttpAnswer> forwarded = new CompletableFuture<>();
        proxy.enter(epoch -> answer(request, uri).whenComplete((answer, failure) -> {
            proxy.left(answer == null ? 0 : answer.status(), epoch);
            if (failure == null) {
                forwarded.complete(answer);
            } else {
                forwarded.completeExceptionally(failure);
            }
        }), forwarded::completeExceptionally);
        return forwarded;
    }

    private void learn(CsrfToken token) {
        csrf = token;
        words.csrfToken(token);
    }

    private boolean isOurServer(Request request) {
        URI server = settings.server();
        return server.getScheme().equalsIgnoreCase(request.getScheme())
                && server.getHost().equalsIgnoreCase(request.getHost())
                && HttpClient.normalizePort(server.getScheme(), server.getPort())
                        == HttpClient.normalizePort(request.getScheme(), request.getPort());
    }
}
