import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.PropertyInject;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsMessage;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionOperationException;
import org.imsession.camel.model.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends for others: who puts a text message with the text to say into a queue, with the property imSession (the id of
 * the IM session), gets a reply on its JMSReplyTo when GWS tells that it was said. The properties of the reply say how it
 * went: imOutcome is DONE, FAILED (not said) or UNKNOWN_OUTCOME (may have been said, so do not ask again), imStatusCode
 * the code of GWS, imRetryable whether asking again can help; its text is empty or says why.
 *
 * Whoever may write to the queue can say a text as the agent, and nothing else: only the text and imSession are read, and
 * every other property is dropped. Another kind of message than text is refused unread, for to read an object makes one
 * of the sender's choice. Each request is answered, and what was not done is one line of the log.
 *
 * A reply goes to a temporary queue, or to a queue whose name im.send.reply-to matches. A request that wants it elsewhere
 * is not performed, for nobody would hear how it went; the log says so. Without JMSReplyTo the outcome is only in the log.
 *
 * A request is taken from the queue before it is performed, and once: after a crash it is lost rather than said twice.
 *
 * Used by       camel.route-template[id].template-id = im-send-service, once for each agent, with
 *               agent               the login name of the agent
 *               passwordProperty    the name of the property that holds the password
 *               queue               the queue of the requests
 * Properties    im.server                 address of GWS
 *               im.send.wait              how long to wait for GWS to tell that it was said (milliseconds)
 *               im.send.reply-to          a regular expression for the names of queues to reply to
 *               camel.beans.imBroker      the connection factory of the broker
 */
public class SendService extends RouteBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(SendService.class);
    private static final String ANSWERABLE = "imAnswerable";
    /** Codes of GWS: a parameter is missing, the input is not valid. */
    private static final int MISSING = 1;
    private static final int INVALID = 10;

    @PropertyInject("im.send.reply-to")
    private String replyTo;

    @Override
    public void configure() {
        JmsComponent jms = JmsComponent.jmsComponent(
                getContext().getRegistry().lookupByNameAndType("imBroker", ConnectionFactory.class));
        getContext().addComponent("im-send-jms", jms);

        // mapJmsMessage=false: otherwise Camel reads each message, of whatever kind, before the first step of the route
        routeTemplate("im-send-service")
            .templateParameter("agent").templateParameter("passwordProperty").templateParameter("queue")
            .from("im-send-jms:queue:{{queue}}?acknowledgementModeName=AUTO_ACKNOWLEDGE&asyncConsumer=false"
                        + "&mapJmsMessage=false&errorHandlerLogStackTrace=false")
                .onException(Exception.class)
                    .handled(true)
                    .process(SendService::failed)
                .end()
                .process(this::read)
                .to("imsession:{{agent}}?serverUrl={{im.server}}&password=#property:{{passwordProperty}}"
                        + "&operation=sendMessage&allowFromHeaders=sessionId"
                        + "&waitForEvent=true&waitTimeout={{im.send.wait}}")
                .process(exchange -> answer(exchange, "DONE", 0, false, ""));
    }

    /** Whatever is wrong with it here, nothing was sent. */
    private void read(Exchange exchange) throws Refusal {
        try {
            take(exchange);
        } catch (JMSException | RuntimeException e) { // its bytes are the sender's, and the client library reads them
            throw new Refusal(INVALID, "the message cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Leaves nothing of the request but its text and its session. */
    private void take(Exchange exchange) throws JMSException, Refusal {
        Message request = exchange.getMessage(JmsMessage.class).getJmsMessage();
        exchange.setProperty(ANSWERABLE, mayReplyTo(request.getJMSReplyTo()));
        if (!(request instanceof TextMessage text)) {
            throw new Refusal(INVALID, "only a text message is accepted");
        }
        String session = text.getStringProperty("imSession");
        if (session == null || session.isBlank()) {
            throw new Refusal(MISSING, "the property imSession is missing, the id of the IM session");
        }
        String words = text.getText();
        if (words == null || words.isEmpty()) {
            throw new Refusal(MISSING, "the message has no text");
        }
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(IMSessionConstants.TARGET_ID, session);
        exchange.getMessage().setBody(words);
    }

    /** Whether a reply may go there; a comma would name several queues, and an asterisk or greater-than sign many. */
    private boolean mayReplyTo(Destination destination) throws JMSException, Refusal {
        if (destination == null) {
            return false;
        }
        String name = destination instanceof Queue queue ? queue.getQueueName() : "";
        if (name == null || !name.matches("[^,*>]+")
                || !(destination instanceof TemporaryQueue) && !name.matches(replyTo)) {
            throw new Refusal(INVALID, "im.send.reply-to does not allow a reply to " + destination);
        }
        return true;
    }

    private static void failed(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure instanceof IMSessionOperationException told) {
            answer(exchange, told.getOutcome().name(), told.getStatusCode(), told.isRetryable(), told.getMessage());
        } else if (failure instanceof Refusal refusal) {
            answer(exchange, "FAILED", refusal.statusCode, false, "Not said: " + refusal.getMessage());
        } else {
            answer(exchange, "UNKNOWN_OUTCOME", -1, false, "It may have been said: " + failure.getClass().getName());
        }
    }

    private static void answer(Exchange exchange, String outcome, int statusCode, boolean retryable, String why) {
        if (!outcome.equals("DONE")) {
            LOG.warn("A request to {} ended as {}: {}", exchange.getFromRouteId(), outcome, LogText.escape(why));
        }
        if (!exchange.getProperty(ANSWERABLE, false, Boolean.class)) {
            exchange.setPattern(ExchangePattern.InOnly); // so that Camel sends no reply
        }
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader("imOutcome", outcome);
        exchange.getMessage().setHeader("imStatusCode", statusCode);
        exchange.getMessage().setHeader("imRetryable", retryable);
        exchange.getMessage().setBody(why);
    }

    /** Nothing was sent to GWS. */
    private static final class Refusal extends Exception {

        private final int statusCode;

        Refusal(int statusCode, String why) {
            super(why);
            this.statusCode = statusCode;
        }
    }
}
