package org.imsession.camel.gws;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpMethod;
import org.imsession.camel.gws.GwsException.Kind;
import org.imsession.camel.model.AgentDevice;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.spi.AgentCredentials;

/**
 * One agent's login at one GWS: its cookies, its CSRF token, and the requests that need them. Nothing is shared with
 * other agents but the HTTP client.
 *
 * <p>Thread-safe and never blocking. Futures complete on a thread of the HTTP client, which must not be held up; they
 * fail with a {@link GwsException} (see {@link GwsException#in}) or, where an argument cannot be sent at all, with an
 * {@link IllegalArgumentException}. A request is repeated only after the server has refused it, which changes nothing
 * there. EndContactCenterSession is never sent: it would log the agent out of the telephone, too.
 */
public final class GwsSession {

    private final String agent;
    private final GwsSettings settings;
    private final GwsJson json;
    private final TransportFailure failures;
    private final AnswerCheck check;
    private final AgentRequests requests;
    private final AgentLogin login;

    /**
     * Nothing is sent yet.
     *
     * @param agent       the login name of the agent
     * @param settings    which server
     * @param http        the shared client, not {@code null}
     * @param credentials asked before each login
     * @param questions   where they are asked, which may block; see {@link AgentCredentials}
     * @param json        reads answers, writes requests
     * @param clock       what a {@code Retry-After} date is compared with
     * @param pace        when requests may log in that need it; {@link #login()} itself is not held back
     * @param refused     remembers what was refused
     * @param refusedRest how long a refused credential rests before it is sent a second and last time
     */
    public GwsSession(String agent, GwsSettings settings, GwsHttpClient http, AgentCredentials credentials,
                      Executor questions, GwsJson json, Clock clock, LoginPace pace, RefusedCredentials refused,
                      Duration refusedRest) {
        this.agent = Objects.requireNonNull(agent, "agent");
        this.settings = settings;
        CredentialQuestion question = new CredentialQuestion(agent, Objects.requireNonNull(credentials, "credentials"),
                Objects.requireNonNull(questions, "questions"), settings.requestTimeout().toMillis());
        this.json = Objects.requireNonNull(json, "json");
        ProxyAccess proxy = http.proxyAccess();
        this.failures = new TransportFailure(settings, http.proxy());
        this.requests = new AgentRequests(settings, http, failures, proxy);
        this.check = new AnswerCheck(settings, json, clock, failures, requests.words(),
                requests.cookies());
        requests.words().proxyPassword(http.proxy().password());
        this.login = new AgentLogin(agent, settings, question, refused.of(settings, agent, refusedRest), check,
                requests, proxy, failures, Objects.requireNonNull(pace, "pace"));
    }

    /** Through which all that the server says about this agent is quoted. */
    public ServerWords words() {
        return requests.words();
    }

    /** The header that carries the CSRF token, empty while the server has given none. */
    public Optional<String> csrfHeader() {
        return requests.csrfHeader();
    }

    /** The login name of the agent. */
    public String agent() {
        return agent;
    }

    /** Who is logged in; logs in first if need be, in turn. */
    public CompletableFuture<LoggedInAgent> who() {
        return login.who();
    }

    /** Whether the last login succeeded and no later answer has denied it. */
    public boolean isLoggedIn() {
        return login.isLoggedIn();
    }

    /**
     * Logs in by {@code GET /me} with the credential, which also brings cookies and CSRF token, and checks that the
     * agent may use instant messages. Calls at the same time share one request. A credential that was refused is sent
     * {@value RefusalGuard#TRIES} times at most, see {@link #nextTry()}, until it changes or {@link #sendAgain()} is
     * called.
     */
    public CompletableFuture<LoggedInAgent> login() {
        return login.atOnce();
    }

    /** The same at that pace; its place is the caller's until that is over. */
    public PacedLogin login(LoginPace pace) {
        return login.at(pace);
    }

    /**
     * Whether there is now another credential than the one that was refused last; also if none was refused, but not as
     * long as the proxy's are not to be sent.
     */
    public CompletableFuture<Boolean> credentialChanged() {
        return login.credentialChanged();
    }

    /**
     * How long a credential that was refused, the proxy's or else the agent's, rests before it may be sent again
     * unchanged; zero if it may now, empty if it may not at all.
     */
    public Optional<Duration> nextTry() {
        return login.nextTry();
    }

    /** Lets a credential that was refused be sent once more; for an operator who has the account in order again. */
    public void sendAgain() {
        login.sendAgain();
    }

    /** Drops login, cookies and CSRF token, but not the memory of what was refused; the server is not told. */
    public void forget() {
        forgetLogin();
        requests.cookies().clear();
    }

    /** As {@link #forget()}, but for the cookies: without them the server would not know a session that is to go on. */
    public void forgetLogin() {
        login.forget();
    }

    /** The cookies of this agent, live and thread-safe, to be shared with its CometD transport. Secret. */
    public HttpCookieStore cookies() {
        return requests.cookies();
    }

    /**
     * Prepares a CometD request: adds the CSRF header and, where the server wants it each time, the credential. A
     * request to any other origin than the configured server gets neither, and loses its cookies.
     *
     * @param request a request that has not been sent
     */
    public void decorate(Request request) {
        requests.decorate(request);
    }

    /** The agent's IM sessions, by {@code GET /me/im-sessions?fields=*}; logs in first if need be. */
    public CompletableFuture<List<IMSession>> sessions() {
        return get(ApiPath.of(List.of("me", "im-sessions")) + "?fields=*",
                (raw, answer) -> read(raw, "The list of IM sessions",
                        bytes -> List.copyOf(json.readSessions().apply(bytes))));
    }

    /** An IM session of the agent, by {@code GET /me/im-sessions/<id>}; logs in first if need be. */
    public CompletableFuture<IMSession> session(String id) {
        return encoded(List.of("me", "im-sessions", id), to -> get(to,
                (raw, answer) -> read(raw, "The IM session", json.readSession())));
    }

    /** The agent's devices, by {@code GET /me/devices?fields=*}; logs in first if need be. */
    public CompletableFuture<List<AgentDevice>> devices() {
        return get(ApiPath.of(List.of("me", "devices")) + "?fields=*",
                (raw, answer) -> List.copyOf(Devices.listOf(answer.members().get("devices"))));
    }

    /** The services of the contact center, by {@code GET /services?fields=*}; logs in first if need be. */
    public CompletableFuture<GwsAnswer> services() {
        return get(ApiPath.of(List.of("services")) + "?fields=*", (raw, answer) -> answer);
    }

    /**
     * Reads a resource; logs in first if need be.
     *
     * @param path the segments of its path below the API path, such as {@code me, devices}; encoded here
     */
    public CompletableFuture<GwsAnswer> get(List<String> path) {
        return encoded(path, to -> get(to, (raw, answer) -> answer));
    }

    /**
     * Asks for an operation; logs in first if need be. It is never sent twice unless the server refused it the first
     * time; see {@link GwsException#mayHaveBeenDone()} for what is known after a failure. What the operation says or
     * attaches is not repeated in the message of a failure, whatever the server answers.
     *
     * @param path      the segments of the path below the API path, such as {@code me, im-sessions, <id>}
     * @param operation {@code operationName} and its parameters
     */
    public CompletableFuture<GwsAnswer> post(List<String> path, Map<String, Object> operation) {
        return encoded(path, to -> call(HttpMethod.POST, to, json.writeObject().apply(operation),
                words(operation), (raw, answer) -> answer));
    }

    private static Object words(Map<String, Object> operation) {
        return Arrays.asList(operation.get("text"), operation.get("userData"));
    }

    private <T> CompletableFuture<T> get(String path, BiFunction<HttpAnswer, GwsAnswer, T> read) {
        return call(HttpMethod.GET, path, new byte[0], List.of(), read);
    }

    /**
     * Logs the agent in to channels of the contact center. Partial success is a success: see the result.
     *
     * @param channels such as {@code voice}
     * @param place    the place to log in at, empty for the agent's default
     */
    public CompletableFuture<ContactCenterSession> startContactCenterSession(List<String> channels, String place) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationName", "StartContactCenterSession");
        operation.put("channels", List.copyOf(channels));
        if (!place.isEmpty()) {
            operation.put("place", place);
        }
        return post(List.of("me"), operation).thenApply(answer -> ContactCenterSession.of(answer.members(),
                requests.words()));
    }

    /** What is known of something in front of the server that cuts answers, for an operator. */
    public Optional<String> cutting() {
        return requests.cutting();
    }

    /**
     * What a failure of the HTTP client means, for a transport that uses it as well.
     *
     * @param failure what the client reported
     */
    public GwsException explain(Throwable failure) {
        return failures.explain(failure);
    }

    /** Agent, server and whether logged in. */
    @Override
    public String toString() {
        return agent + " at " + settings.host() + (isLoggedIn() ? ", logged in" : ", not logged in");
    }

    private <T> CompletableFuture<T> call(HttpMethod method, String path, byte[] body, Object words,
                                          BiFunction<HttpAnswer, GwsAnswer, T> read) {
        Supplier<CompletableFuture<T>> attempt = () -> requests.send(method, path, body)
                .thenApply(raw -> read.apply(raw, check.accept(raw, agent, words)));
        return isLoggedIn() ? loggedIn(attempt) : beforehand(who()).thenCompose(loggedIn -> loggedIn(attempt));
    }

    private <T> CompletableFuture<T> loggedIn(Supplier<CompletableFuture<T>> attempt) {
        long during = login.count();
        return attempt.get().exceptionallyCompose(failure -> isLoginLost(failure)
                ? beforehand(login.renew(during)).thenCompose(renewed -> attempt.get().exceptionallyCompose(again ->
                        CompletableFuture.failedFuture(refusedBehindALogin(again))))
                : CompletableFuture.failedFuture(failure));
    }

    /** A login that is good for nothing right after it was accepted may be known to one node of several only. */
    private static Throwable refusedBehindALogin(Throwable failure) {
        return !isLoginLost(failure) ? failure : GwsException.in(failure).<Throwable>map(refused -> refused.with(
                "refused right after a login was accepted: if several nodes of the server stand behind one address,"
                + " the load balancer needs sticky sessions (by cookie)")).orElse(failure);
    }

    /** Whatever fails before the request leaves has not done what it asks for. */
    private <T> CompletableFuture<T> beforehand(CompletableFuture<T> ready) {
        return ready.exceptionallyCompose(failure ->
                CompletableFuture.failedFuture(failures.explain(failure).unsent()));
    }

    /** The CSRF token lives as long as the HTTP session, and a lost session looks like a wrong token: log in again. */
    private static boolean isLoginLost(Throwable failure) {
        return GwsException.in(failure).map(GwsException::kind)
                .filter(kind -> kind == Kind.CREDENTIALS_REFUSED || kind == Kind.CSRF_REFUSED).isPresent();
    }

    private <T> T read(HttpAnswer raw, String what, Function<byte[], T> reader) {
        try {
            return reader.apply(raw.body());
        } catch (RuntimeException e) {
            // the cause would quote the answer, which has chat partners and attached data in it
            throw new GwsException(Kind.BAD_ANSWER, what + " of agent " + agent + " from " + settings.host()
                    + " cannot be understood (" + raw.body().length + " bytes, " + e.getClass().getSimpleName() + ")");
        }
    }

    private static <T> CompletableFuture<T> encoded(List<String> path,
                                                    Function<String, CompletableFuture<T>> send) {
        try {
            return send.apply(ApiPath.of(path));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
