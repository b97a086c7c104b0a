package org.imsession.camel.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.support.PluginHelper;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.LogText;
import org.imsession.camel.text.ShownFailure;

/**
 * Keeps what a sink would not take, a line of JSON for each: {@code time}, {@code reason}, {@code status} if a server
 * has answered, {@code contentType} and {@code idempotencyKey} of the message if it has them, and last the body as
 * {@code event}. The step of a dead letter channel; the headers are those of the sink's message. {@link DeadLetter}
 * makes the message of it again.
 */
public class DeadLetterFiles extends LineFiles {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    /** The last member, in front of the body. */
    static final String EVENT = ",\"event\":";

    private static final IMSessionJson JSON = new IMSessionJson();

    /**
     * Appends the body, which is JSON, with what has become of it.
     *
     * @throws IOException              if it cannot be written, or the file is another's or a link
     * @throws IllegalArgumentException if there is no header CamelFileName, or the body is no JSON on one line
     */
    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        String body = message.getMandatoryBody(String.class);
        if (!body.startsWith("{")) {
            throw new IllegalArgumentException("The body of a dead letter is not the JSON of an event; set the body to"
                    + " what was to be sent");
        }
        Throwable failure = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("time", Instant.now().toString());
        told.put("reason", failure == null ? "unknown" : LogText.escape(ShownFailure.of(failure).toString()));
        put(told, "status", status(exchange, failure));
        put(told, "contentType", message.getHeader(Exchange.CONTENT_TYPE, String.class));
        put(told, "idempotencyKey", message.getHeader(IDEMPOTENCY_KEY, String.class));
        String head = new String(JSON.writeBytes(told), StandardCharsets.UTF_8);
        append(exchange, (head.substring(0, head.length() - 1) + EVENT + body + '}').getBytes(StandardCharsets.UTF_8));
    }

    private static void put(Map<String, Object> told, String name, Object value) {
        if (value != null) {
            told.put(name, value);
        }
    }

    /** That of HttpOperationFailedException, of camel-http, which need not be there. */
    private static Object status(Exchange exchange, Throwable failure) {
        return failure == null ? null : PluginHelper.getBeanIntrospection(exchange.getContext())
                .getOrElseProperty(failure, "statusCode", null, false);
    }
}
