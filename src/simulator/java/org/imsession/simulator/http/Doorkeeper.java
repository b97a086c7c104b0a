package org.imsession.simulator.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.imsession.simulator.agents.Agent;
import org.imsession.simulator.agents.Switchboard;

/** Finds out whose a request is: by its Authorization header, else by its HTTP session. */
final class Doorkeeper {

    static final String SESSION_COOKIE = "JSESSIONID";

    private final Switchboard switchboard;
    private final WebSessions sessions;

    Doorkeeper(Switchboard switchboard, WebSessions sessions) {
        this.switchboard = switchboard;
        this.sessions = sessions;
    }

    Identity identify(HttpServletRequest request) {
        Optional<WebSession> session = Cookies.find(request, SESSION_COOKIE).flatMap(sessions::find);
        String authorization = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return byPassword(authorization.substring(6).trim(), session);
        }
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return identity(switchboard.byToken(authorization.substring(7).trim()), "", session);
        }
        return new Identity(session.map(WebSession::agent), session, "", false);
    }

    private Identity byPassword(String encoded, Optional<WebSession> session) {
        try {
            String[] parts = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).split(":", 2);
            return parts.length < 2 ? identity(Optional.empty(), "", session)
                    : identity(switchboard.byPassword(parts[0], parts[1]), parts[0], session);
        } catch (IllegalArgumentException e) {
            return identity(Optional.empty(), "", session);
        }
    }

    private static Identity identity(Optional<Agent> agent, String claimed, Optional<WebSession> session) {
        Optional<WebSession> own = session.filter(each -> agent.isPresent() && each.agent() == agent.get());
        return new Identity(agent, own, claimed, agent.isEmpty());
    }
}
