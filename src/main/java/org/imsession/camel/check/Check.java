package org.imsession.camel.check;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSession;
import org.imsession.camel.bayeux.BayeuxSettings;
import org.imsession.camel.bayeux.PositionKeeper;
import org.imsession.camel.check.Report.Mark;
import org.imsession.camel.gws.GwsAnswer;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.gws.GwsHttpClient;
import org.imsession.camel.gws.GwsJson;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.gws.LoggedInAgent;
import org.imsession.camel.gws.LoginPace;
import org.imsession.camel.gws.RefusedCredentials;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.LogText;
import org.imsession.camel.spi.Credential;

/**
 * Looks at a server, a line for each thing that must be so before a route can live on it: what was found, or what is
 * wrong and what to do. Stops at the first that makes the next impossible.
 */
final class Check implements AutoCloseable {

    static final String TOPIC = "/v2/me/im-sessions";
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final int NOT_FOUND = 404;

    private final Target target;
    private final Report report;
    private final Duration patience;
    private final Deque<String> names = new ArrayDeque<>(List.of("name", "connection", "TLS", "login", "CSRF",
            "sessions", "services", "handshake", "acknowledge", "subscription", "maxInterval"));
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "imsession-check");
        thread.setDaemon(true);
        return thread;
    });
    private final GwsHttpClient http;
    private final GwsSession gws;

    /**
     * @param target   what to look at
     * @param report   where lines go
     * @param patience how long one line may take
     */
    Check(Target target, Report report, Duration patience) {
        this.target = target;
        this.report = report;
        this.patience = patience;
        this.http = new GwsHttpClient(target.http());
        IMSessionJson json = new IMSessionJson();
        Credential credential = new Credential.Password(target.agent(), target.password());
        this.gws = new GwsSession(target.agent(), target.gws().withRequestTimeout(TIMEOUT), http,
                agent -> CompletableFuture.completedFuture(credential), Runnable::run,
                new GwsJson(json::readObject, json::writeBytes, json::readSessions, json::readSession),
                Clock.systemUTC(), LoginPace.NONE, new RefusedCredentials(System::nanoTime), Duration.ZERO);
    }

    /** Whether all is well. */
    boolean run() throws Exception {
        if (network() && login()) {
            lists();
            bayeux();
        }
        if (!names.isEmpty()) {
            report.line(Mark.UNTRIED, "not tried", String.join(", ", names));
        }
        return !report.isBad();
    }

    private boolean network() throws IOException {
        Network network = new Network(target.gws().server(), patience);
        if (target.behindProxy()) {
            for (int i = 0; i < 3; i++) {
                line(Mark.NOTE, "not looked at: a proxy is in between; the login tells");
            }
            return true;
        }
        try {
            line(Mark.OK, network.addresses());
            line(Mark.OK, network.connection());
            if (!network.isSecure()) {
                boolean here = network.isHere();
                line(here ? Mark.OK : Mark.NOTE, here ? "none, and the server is this machine"
                        : "none: passwords and conversations can be read on their way. Use https");
                return true;
            }
        } catch (IOException e) {
            return bad(gws.explain(e).getMessage());
        }
        return tls(network);
    }

    private boolean tls(Network network) {
        try {
            SSLSession session = network.strictly(target.http().sslContext());
            X509Certificate certificate = Network.first(session);
            boolean soon = Network.endsSoon(certificate, Clock.systemUTC().instant());
            line(soon ? Mark.NOTE : Mark.OK, session.getProtocol() + ", " + Network.words(certificate)
                    + (soon ? ". It ends soon: renew it" : ""));
            return true;
        } catch (IOException e) {
            return bad(gws.explain(e).getMessage() + shown(network));
        }
    }

    private static String shown(Network network) {
        try {
            return ". Its certificate: " + LogText.line(Network.words(network.certificate()));
        } catch (IOException | GeneralSecurityException e) {
            return "";
        }
    }

    private boolean login() throws InterruptedException {
        try {
            LoggedInAgent who = get(gws.login());
            line(Mark.OK, target.agent() + " may use instant messages"
                    + (who.featuresKnown() ? "" : ", as far as the server tells") + "; devices: "
                    + who.devices().size());
            line(Mark.OK, gws.csrfHeader().map(header -> "a token, in the header " + header)
                    .orElse("no token, so none is wanted, or something in front drops it"));
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return bad(words(e));
        }
    }

    private void lists() throws InterruptedException {
        try {
            line(Mark.OK, get(gws.sessions()).size() + " at present");
        } catch (ExecutionException | TimeoutException e) {
            bad(words(e) + ". States are not told without it");
        }
        try {
            services(get(gws.services()));
        } catch (ExecutionException | TimeoutException e) {
            boolean absent = GwsException.in(e).filter(each -> each.httpStatus() == NOT_FOUND).isPresent();
            line(absent ? Mark.NOTE : Mark.BAD, absent ? "not listed by this server; IMS-019 will not tell of one"
                    + " that is down" : words(e));
        }
    }

    private void services(GwsAnswer answer) {
        Map<String, String> down = answer.members().get("services") instanceof List<?> all
                ? all.stream().filter(each -> each instanceof Map<?, ?> service
                        && !"Active".equals(service.get("state"))).map(each -> (Map<?, ?>) each)
                .collect(Collectors.toMap(each -> LogText.escape(String.valueOf(each.get("type"))),
                        each -> LogText.escape(String.valueOf(each.get("state"))), (one, other) -> one)) : Map.of();
        if (down.isEmpty()) {
            line(Mark.OK, "all that are listed are active");
        } else {
            line(down.containsKey("Voice") ? Mark.BAD : Mark.NOTE, down + ": ask the operator of GWS"
                    + (down.containsKey("Voice") ? "; without Voice no instant message comes" : ""));
        }
    }

    private void bayeux() throws InterruptedException {
        Opening opening = new Opening();
        BayeuxSession session = new BayeuxSession(new BayeuxSettings(target.gws().server() + target.gws().apiPath()
                + "/notifications", true, MOST_BYTES, TIMEOUT, KEEP_ALIVE, TIMEOUT), http, gws.cookies(),
                gws::decorate, threads, System::nanoTime, Clock.systemUTC(), PositionKeeper.NONE, gws.words(), opening);
        session.open(null);
        try {
            boolean acknowledging = get(opening.opened);
            line(Mark.OK, "a session was made");
            line(acknowledging ? Mark.OK : Mark.NOTE, acknowledging ? "the ack extension: at least once"
                    : "no ack extension: at most once, and a FeedGap where an answer is cut. Ask the operator of GWS"
                    + " for CometD's ack extension");
            get(opening.subscribed);
            get(opening.connected);
            line(Mark.OK, TOPIC + ", and a connect is answered");
            Duration told = session.maxInterval().orElse(Duration.ZERO);
            boolean tooShort = !told.isZero() && told.compareTo(KEEP_ALIVE) <= 0;
            line(tooShort ? Mark.NOTE : Mark.OK, told.isZero() ? "not told; CometD's default is 10 s"
                    : told.toMillis() + " ms" + (tooShort ? ": set keepAlive below it" : ""));
        } catch (ExecutionException | TimeoutException e) {
            bad(words(e));
        } finally {
            session.close(Duration.ofSeconds(1)).join();
        }
    }

    /** Where there is none for a feed, for that goes on by itself. */
    private static String remedy(BayeuxFailure failure) {
        return !failure.remedy().isEmpty() ? "" : switch (failure.kind()) {
            case UNREACHABLE -> "";
            case LOGIN -> "; look whether something in front drops cookies or X-CSRF headers, or is not sticky";
            case NOT_BAYEUX, UNREADABLE -> "; check serverUrl and apiPath, and what stands in front of GWS";
            case SESSION_UNKNOWN -> "; make the load balancer sticky by cookie";
            case SUBSCRIBE_REFUSED -> "; ask the operator of GWS whether the agent may use this topic";
            default -> "; ask the operator of GWS, and look at its log";
        };
    }

    private String words(Exception e) {
        if (e instanceof TimeoutException) {
            return "no answer within " + patience.toSeconds() + " s; look at GWS and what stands in front of it";
        }
        Throwable cause = e.getCause() instanceof CompletionException inner ? inner.getCause() : e.getCause();
        return cause instanceof Opening.Lost lost ? lost.getMessage() + remedy(lost.failure())
                : gws.explain(cause).getMessage();
    }

    private <T> T get(CompletableFuture<T> answer) throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void line(Mark mark, String text) {
        report.line(mark, names.removeFirst(), text);
    }

    private boolean bad(String text) {
        line(Mark.BAD, text);
        return false;
    }

    @Override
    public void close() {
        http.close();
        threads.shutdownNow();
    }
}
