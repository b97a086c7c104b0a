package org.imsession.simulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.imsession.simulator.agents.Agent;
import org.imsession.simulator.fault.Outgoing;
import org.imsession.simulator.rest.RestApi;
import org.imsession.simulator.rest.RestReply;
import org.imsession.simulator.rest.RestRequest;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.imsession.simulator.settings.Refusal;

/** REST requests: who may pass, which cookies come back, and when notifications leave. */
final class RestDoor {

    private final RestApi api;
    private final WebSessions sessions;
    private final Csrf csrf;
    private final Supplier<GwsSettings> settings;

    RestDoor(RestApi api, WebSessions sessions, Csrf csrf, Supplier<GwsSettings> settings) {
        this.api = api;
        this.sessions = sessions;
        this.csrf = csrf;
        this.settings = settings;
    }

    void handle(Exchange exchange) {
        Identity identity = exchange.identity();
        if (exchange.path().equals(Paths.API + "/diagnostics/version")) {
            exchange.answer(outgoing(api.version()));
        } else if (!exchange.path().startsWith(Paths.API + "/")) {
            exchange.answer(outgoing(RestReply.refused(Refusal.notFound(exchange.path()))));
        } else if (identity.agent().isEmpty()) {
            exchange.answer(outgoing(RestReply.refused(refusalFor(identity))));
        } else {
            handle(exchange, identity.agent().get());
        }
    }

    Refusal refusalFor(Identity identity) {
        return identity.wrong() ? settings.get().wrongPassword() : Refusal.ACCESS_DENIED;
    }

    /** An answer from elsewhere, with the cookies and tokens of ours. */
    Outgoing opening(Exchange exchange, Agent agent, Outgoing answer) {
        Optional<WebSession> known = exchange.identity().session();
        WebSession session = known.orElseGet(() -> sessions.open(agent));
        return answer.with(csrf.headersFor(exchange, session)).with(known.isPresent() ? Map.of() : cookies(session));
    }

    private void handle(Exchange exchange, Agent agent) {
        Optional<WebSession> known = exchange.identity().session();
        WebSession session = known.orElseGet(() -> sessions.open(agent));
        RestReply reply = api.handle(new RestRequest(agent, exchange.method(),
                exchange.path().substring(Paths.API.length()), query(exchange), exchange.body()));
        if (reply.endsHttpSession()) {
            sessions.close(session);
        }
        Outgoing answer = outgoing(reply).with(csrf.headersFor(exchange, session))
                .with(known.isPresent() ? Map.of() : cookies(session));
        if (settings.get().has(GwsSwitch.NOTIFICATION_BEFORE_REPLY)) {
            reply.notifications().run();
            exchange.answer(answer);
        } else {
            exchange.answer(answer, reply.notifications());
        }
    }

    private Map<String, List<String>> cookies(WebSession session) {
        String cookie = Doorkeeper.SESSION_COOKIE + "=" + session.id() + "; Path=/; HttpOnly";
        return Map.of("Set-Cookie", settings.get().has(GwsSwitch.LOAD_BALANCER_COOKIE)
                ? List.of(cookie, "AWSELB=" + UUID.randomUUID() + "; Path=/") : List.of(cookie));
    }

    Outgoing outgoing(RestReply reply) {
        return new Outgoing(reply.status(), Map.of("Content-Type", List.of("application/json;charset=UTF-8")),
                reply.body().toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(Exchange exchange) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String query = Optional.ofNullable(exchange.request().getQueryString()).orElse("");
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
