import jakarta.jms.ConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.PropertyInject;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.imsession.camel.IMSessionConstants;
import org.springframework.jms.connection.CachingConnectionFactory;

/**
 * Sends state changes and messages to two queues, as text messages with JSON, persistent, each in a transaction of its
 * own. A queue that refuses is tried again after a delay that doubles each time, and what it still does not take goes
 * to the dead letter queue. If the broker is away, so is that queue: then the exchange fails, and the event is not
 * acknowledged but delivered again.
 *
 * Camel's headers are not sent, so what a receiver needs is set as properties: imAgent, imMessageType,
 * imNotificationType, imState, imOrigin, imSequence, imRedelivered, imReceivedAt (milliseconds since 1970),
 * imContentType (application/json), and the id of the session as JMSXGroupID, by which a broker keeps the order of a
 * session when several receivers share a queue. Events can come twice; imAgent and imSequence are the same then.
 *
 * Properties    camel.beans.imBroker             the connection factory; by default of ActiveMQ in this process
 *               im.jms.state-changes-queue, im.jms.messages-queue, im.jms.dead-letter-queue
 *               im.jms.retries, im.jms.retry-delay (milliseconds)
 *               camel.beans.imTaken              which sink has taken which event
 */
public class JmsSink extends RouteBuilder {

    private static final String SEND = "?transacted=true&jmsMessageType=Text";

    @PropertyInject("im.jms.retries")
    private int retries;
    @PropertyInject("im.jms.retry-delay")
    private long delay;

    @Override
    public void configure() {
        getContext().addComponent("im-jms", JmsComponent.jmsComponent(connections()));

        errorHandler(noErrorHandler());

        sink("state-changes");
        sink("messages");
    }

    private void sink(String kind) {
        from("direct:jms-" + kind).routeId("im-jms-" + kind)
            .inputType("imsession:application-json")
            .idempotentConsumer(simple("${routeId} ${header.CamelIMSessionAgent} ${header.CamelIMSessionSequence}"))
                .idempotentRepository("imTaken").eager(false).completionEager(true)
                .convertBodyTo(String.class, "UTF-8")
                .setHeader("imAgent", header(IMSessionConstants.AGENT))
                .setHeader("imMessageType", header(IMSessionConstants.MESSAGE_TYPE))
                .setHeader("imNotificationType", header(IMSessionConstants.NOTIFICATION_TYPE))
                .setHeader("imState", header(IMSessionConstants.STATE))
                .setHeader("imOrigin", header(IMSessionConstants.ORIGIN))
                .setHeader("imSequence", header(IMSessionConstants.SEQUENCE))
                .setHeader("imRedelivered", header(IMSessionConstants.REDELIVERED))
                .setHeader("imReceivedAt", header(IMSessionConstants.MESSAGE_TIMESTAMP))
                .setHeader("imContentType", header(Exchange.CONTENT_TYPE))
                .setHeader("JMSXGroupID", header(IMSessionConstants.ID))
                .removeHeader(Exchange.CONTENT_TYPE)
                .doTry() // Camel's dead letter channel would log two stacks each time, if its queue is away as well
                    .to("direct:im-jms-send-" + kind)
                .doCatch(Exception.class)
                    .to("im-jms:queue:{{im.jms.dead-letter-queue}}" + SEND)
                    .log(LoggingLevel.WARN, "im-jms", "Event ${header.imSequence} of agent ${header.imAgent} is in the dead"
                            + " letter queue")
                .end()
            .end();

        from("direct:im-jms-send-" + kind).routeId("im-jms-send-" + kind)
            .errorHandler(defaultErrorHandler()
                .maximumRedeliveries(retries)
                .redeliveryDelay(delay)
                .useExponentialBackOff().backOffMultiplier(2)
                .asyncDelayedRedelivery()
                .logExhausted(false))
            .to("im-jms:queue:{{im.jms." + kind + "-queue}}" + SEND);
    }

    /** One connection that is kept: without it the broker in this process would start and stop with each message. */
    private ConnectionFactory connections() {
        CachingConnectionFactory connections = new CachingConnectionFactory(
                getContext().getRegistry().lookupByNameAndType("imBroker", ConnectionFactory.class));
        getContext().addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext context) {
                connections.destroy();
            }
        });
        return connections;
    }
}
