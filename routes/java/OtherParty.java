import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.Participant;

/**
 * Tells whom an agent talks to: a text names its session only, so the session list of the agent is asked for the number.
 * What is sent to direct:im-other-party-AGENT comes back with the header imOtherParty, the number of the other party of
 * the session in CamelIMSessionId; without it if that session is over. The body stays as it is, and no other header is
 * looked at, whoever has sent it.
 *
 * Used by       camel.route-template[id].template-id = im-other-party, once for each agent, with
 *               agent               the login name of the agent
 *               passwordProperty    the name of the property that holds the password
 * Properties    im.server    address of GWS
 */
public class OtherParty extends RouteBuilder {

    @Override
    public void configure() {
        routeTemplate("im-other-party").templateParameter("agent").templateParameter("passwordProperty")
            .from("direct:im-other-party-{{agent}}")
                .enrich("imsession:{{agent}}?serverUrl={{im.server}}&password=#property:{{passwordProperty}}"
                        + "&operation=listSessions&allowFromHeaders=none", OtherParty::name);
    }

    private static Exchange name(Exchange event, Exchange list) {
        String id = event.getMessage().getHeader(IMSessionConstants.ID, String.class);
        event.getMessage().removeHeader("imOtherParty");
        List<?> sessions = list.getMessage().getBody(List.class);
        sessions.stream().map(IMSession.class::cast).filter(session -> session.id().equals(id))
                .flatMap(session -> session.participants().stream()).map(Participant::phoneNumber).findFirst()
                .ifPresent(number -> event.getMessage().setHeader("imOtherParty", number));
        return event;
    }
}
