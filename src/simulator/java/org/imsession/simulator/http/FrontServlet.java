package org.imsession.simulator.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.cometd.server.http.jakarta.CometDServlet;
import org.imsession.simulator.agents.Agent;
import org.imsession.simulator.bayeux.BayeuxNode;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.RecordedRequest;
import org.imsession.simulator.replay.Asked;
import org.imsession.simulator.replay.Replay;
import org.imsession.simulator.rest.RestReply;
import org.imsession.simulator.settings.GwsSwitch;

/** Every request comes in here: it is recorded, faults get their chance, then REST or CometD handles it. */
final class FrontServlet extends HttpServlet {

    private final transient ServerParts parts;
    private final transient BayeuxNode node;
    private final transient AnswerSender sender;
    private final transient AtomicLong numbers;
    private final transient Doorkeeper doorkeeper;
    private final transient Csrf csrf;
    private final transient RestDoor rest;
    private final CometDServlet cometd = new CometDServlet();
    private final transient BayeuxDoor bayeux = new BayeuxDoor(cometd);

    FrontServlet(ServerParts parts, BayeuxNode node, AnswerSender sender, AtomicLong numbers) {
        this.parts = parts;
        this.node = node;
        this.sender = sender;
        this.numbers = numbers;
        this.doorkeeper = new Doorkeeper(parts.switchboard(), parts.webSessions());
        this.csrf = new Csrf(parts.settings());
        this.rest = new RestDoor(parts.api(), parts.webSessions(), csrf, parts.settings());
    }

    @Override
    public void init() throws ServletException {
        cometd.init(getServletConfig());
    }

    @Override
    public void destroy() {
        cometd.destroy();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        Identity identity = doorkeeper.identify(request);
        RequestSteps steps = RequestSteps.of(request.getMethod(), request.getPathInfo(), body);
        parts.log().add(recorded(request, body, identity, steps));
        begin(new Exchange(request, body, async, identity, steps.steps(), parts.faults(), sender));
    }

    private RecordedRequest recorded(HttpServletRequest request, byte[] body, Identity identity, RequestSteps steps) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        return new RecordedRequest(numbers.incrementAndGet(), Instant.now(), request.getMethod(),
                request.getPathInfo(), Optional.ofNullable(request.getQueryString()).orElse(""), identity.name(),
                steps.steps(), steps.channels(), steps.operation(), headers, Cookies.of(request), body);
    }

    private void begin(Exchange exchange) {
        Optional<ArmedFault> hit = exchange.faultOnRequest();
        if (hit.isEmpty()) {
            handle(exchange);
            return;
        }
        Fault fault = hit.get().rule().fault();
        if (fault instanceof Fault.Instead instead) {
            exchange.answerInstead(instead.answerTo(exchange.body()));
        } else if (fault instanceof Fault.Hang) {
            hit.get().park(() -> handle(exchange));
        } else {
            node.drop(exchange.identity().name());
            handle(exchange);
        }
    }

    private void replay(Replay replay, Exchange exchange, Agent agent) {
        boolean ofApi = !Paths.isNotifications(exchange.path());
        replay.ask(agent.name(), new Asked(exchange.steps(), exchange.path().replaceFirst("^" + Paths.API, ""),
                exchange.body(), answer -> exchange.answer(ofApi && answer.status() == 200
                ? rest.opening(exchange, agent, answer) : answer)));
    }

    private void handle(Exchange exchange) {
        if (csrf.forbids(exchange)) {
            exchange.answer(csrf.refusal());
        } else if (parts.replay().isPresent() && exchange.identity().agent().isPresent()) {
            replay(parts.replay().get(), exchange, exchange.identity().agent().get());
        } else if (!Paths.isNotifications(exchange.path())) {
            rest.handle(exchange);
        } else if (exchange.identity().agent().isEmpty()
                && parts.settings().get().has(GwsSwitch.HANDSHAKE_REFUSED_BY_HTTP)) {
            exchange.answer(rest.outgoing(RestReply.refused(rest.refusalFor(exchange.identity()))));
        } else {
            bayeux.handle(exchange);
        }
    }
}
