package org.imsession.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.imsession.simulator.fault.Outgoing;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;

/** CSRF protection as "CSRFProtection" of the GWS API tells it: a GET shows the token, all else must bring it. */
final class Csrf {

    private static final String HEADER = "X-CSRF-TOKEN";

    private final Supplier<GwsSettings> settings;

    Csrf(Supplier<GwsSettings> settings) {
        this.settings = settings;
    }

    /** Whether the request must not be handled: its token or its HTTP session is missing or wrong. */
    boolean forbids(Exchange exchange) {
        if (!settings.get().has(GwsSwitch.CSRF) || exchange.method().equals("GET")) {
            return false;
        }
        if (Paths.isNotifications(exchange.path()) && !settings.get().has(GwsSwitch.CSRF_ON_NOTIFICATIONS)) {
            return false;
        }
        String token = exchange.request().getHeader(HEADER);
        return exchange.identity().session().filter(each -> each.csrfToken().equals(token)).isEmpty();
    }

    Outgoing refusal() {
        return new Outgoing(403, Map.of("Content-Type", List.of("text/plain; charset=UTF-8")),
                "Missing or invalid Csrf token".getBytes(StandardCharsets.UTF_8));
    }

    Map<String, List<String>> headersFor(Exchange exchange, WebSession session) {
        boolean shown = settings.get().has(GwsSwitch.CSRF) && exchange.method().equals("GET");
        return shown ? Map.of("X-CSRF-HEADER", List.of(HEADER), HEADER, List.of(session.csrfToken())) : Map.of();
    }
}
