import jakarta.jms.ConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionOperationException;

/**
 * Sends for others: who puts a text message with the text to say into a queue, with the property imSession (the id of
 * the IM session), gets a reply on its JMSReplyTo when GWS tells that it was said. The properties of the reply say how it
 * went: imOutcome is DONE, FAILED (not said) or UNKNOWN_OUTCOME (may have been said, so do not ask again), imStatusCode
 * the code of GWS, imRetryable whether asking again can help; its text is empty or says why.
 *
 * A request is taken from the queue before it is performed, and once: after a crash it is lost rather than said twice.
 * Without JMSReplyTo the outcome is only in the log.
 *
 * Used by       camel.route-template[id].template-id = im-send-service, once for each agent, with
 *               agent       the login name of the agent
 *               password    the name of the property that holds the password
 *               queue       the queue of the requests
 * Properties    im.server                 address of GWS
 *               im.send.wait              how long to wait for GWS to tell that it was said (milliseconds)
 *               camel.beans.imBroker      the connection factory of the broker
 */
public class SendService extends RouteBuilder {

    @Override
    public void configure() {
        JmsComponent jms = JmsComponent.jmsComponent(
                getContext().getRegistry().lookupByNameAndType("imBroker", ConnectionFactory.class));
        getContext().addComponent("im-send-jms", jms);

        routeTemplate("im-send-service")
            .templateParameter("agent").templateParameter("password").templateParameter("queue")
            .from("im-send-jms:queue:{{queue}}?acknowledgementModeName=AUTO_ACKNOWLEDGE&asyncConsumer=false")
                .onException(IMSessionOperationException.class)
                    .handled(true)
                    .process(SendService::explain)
                .end()
                .convertBodyTo(String.class)
                .setHeader(IMSessionConstants.TARGET_ID, header("imSession"))
                .to("imsession:{{agent}}?serverUrl={{im.server}}&password=#property:{{password}}"
                        + "&operation=sendMessage&waitForEvent=true&waitTimeout={{im.send.wait}}")
                .removeHeaders("*", "JMS*")
                .setHeader("imOutcome", constant("DONE"))
                .setHeader("imStatusCode", constant(0))
                .setHeader("imRetryable", constant(false))
                .setBody(constant(""));
    }

    private static void explain(Exchange exchange) {
        IMSessionOperationException failure =
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, IMSessionOperationException.class);
        exchange.getMessage().removeHeaders("*", "JMS*");
        exchange.getMessage().setHeader("imOutcome", failure.getOutcome().name());
        exchange.getMessage().setHeader("imStatusCode", failure.getStatusCode());
        exchange.getMessage().setHeader("imRetryable", failure.isRetryable());
        exchange.getMessage().setBody(failure.getMessage());
    }
}
