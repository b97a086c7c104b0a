import org.apache.camel.PropertyInject;
import org.apache.camel.builder.RouteBuilder;

/**
 * The same in Java as yaml/http.yaml, where it is explained; the endpoint is direct:http-java and the dead letter file
 * http-java.jsonl, so that both can be loaded at once.
 *
 * Properties    im.http.url                where to post to
 *               im.http.format             application-json or application-cloudevents
 *               im.http.retries, im.http.retry-delay, im.http.retry-delay-max (milliseconds)
 *               im.http.dead-letter-dir    the folder of http-java.jsonl, closed to others (camel.beans.imDeadLetterLines)
 *               camel.beans.imTaken        which sink has taken which event
 *               camel.beans.imDeadLetter   makes an event of a dead letter again
 */
public class HttpSink extends RouteBuilder {

    @PropertyInject("im.http.retries")
    private int retries;
    @PropertyInject("im.http.retry-delay")
    private long delay;
    @PropertyInject("im.http.retry-delay-max")
    private long delayMax;

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("direct:http-java").routeId("im-http-java")
            .inputType("imsession:{{im.http.format}}")
            .idempotentConsumer(simple("${routeId} ${header.CamelIMSessionAgent} ${header.CamelIMSessionSequence}"))
                .idempotentRepository("imTaken").eager(false).completionEager(true)
                .setHeader("Idempotency-Key",
                        simple("${header.CamelIMSessionAgentFileName}-${header.CamelIMSessionSequence}"))
                .to("direct:im-http-java-post")
            .end();

        from("direct:im-http-java-post").routeId("im-http-java-post")
            .setHeader("CamelHttpMethod", constant("POST"))
            .setProperty("imBody", body()) // for the dead letter: Camel 4.14 has another body behind a request that failed
            .doTry() // Camel's dead letter channel would log two stacks each time, if the file cannot be written as well
                .to("direct:im-http-java-send")
            .doCatch(Exception.class)
                .to("direct:im-http-java-dead-letters")
            .end();

        from("direct:im-http-java-send").routeId("im-http-java-send")
            .errorHandler(defaultErrorHandler()
                .maximumRedeliveries(retries)
                .redeliveryDelay(delay)
                .maximumRedeliveryDelay(delayMax)
                .useExponentialBackOff().backOffMultiplier(2)
                .asyncDelayedRedelivery()
                .logExhausted(false))
            .to("{{im.http.url}}");

        from("direct:im-http-java-dead-letters").routeId("im-http-java-dead-letters")
            .setBody(exchangeProperty("imBody"))
            .setHeader("CamelFileName", constant("http-java.jsonl"))
            .process("imDeadLetterLines");

        from("file:{{im.http.dead-letter-dir}}/again?charset=utf-8&include=http-java[.]jsonl.*&sortBy=file:name"
                + "&move=.done/${file:name}.${date:now:yyyyMMdd-HHmmss}").routeId("im-http-java-again")
            .split(body().tokenize("\n")).streaming().stopOnException()
                .process("imDeadLetter")
                .to("direct:im-http-java-post")
            .end();
    }
}
