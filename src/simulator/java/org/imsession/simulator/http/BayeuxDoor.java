package org.imsession.simulator.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.cometd.server.http.jakarta.CometDServlet;
import org.imsession.simulator.bayeux.BayeuxNode;

/** Requests to {@code /api/v2/notifications}: hands them to CometD's servlet, and collects what it answers. */
final class BayeuxDoor {

    private final CometDServlet cometd;

    BayeuxDoor(CometDServlet cometd) {
        this.cometd = cometd;
    }

    void handle(Exchange exchange) {
        exchange.identity().agent()
                .ifPresent(agent -> exchange.request().setAttribute(BayeuxNode.AGENT_ATTRIBUTE, agent.name()));
        CollectingResponse response = new CollectingResponse(
                (HttpServletResponse) exchange.async().getResponse());
        AsyncContext async = new FinishingContext(exchange.async(), () -> exchange.answer(response.outgoing()));
        try {
            cometd.service(new BodyRequest(exchange.request(), exchange.body(), async), response);
            if (response.isFailed()) {
                // "Unknown Bayeux Transport": the servlet sends the error and leaves the context open
                async.complete();
            }
        } catch (ServletException | IOException e) {
            response.sendError(500);
            async.complete();
        }
    }
}
