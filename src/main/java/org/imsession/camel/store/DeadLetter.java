package org.imsession.camel.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.imsession.camel.json.IMSessionJson;

/**
 * Makes of a line that {@link DeadLetterFiles} has written the message that was to be sent: the step of a route that
 * sends dead letters again. A line that is only a JSON event, as the samples wrote it before, is the body itself.
 */
public class DeadLetter implements Processor {

    private static final IMSessionJson JSON = new IMSessionJson();

    /** @throws Exception if the body is no line of a dead letter file */
    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        String line = message.getMandatoryBody(String.class).strip();
        int event = line.indexOf(DeadLetterFiles.EVENT);
        if (!line.startsWith("{\"time\":") || event < 0) {
            message.setBody(line.getBytes(StandardCharsets.UTF_8));
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            return;
        }
        Map<String, Object> told = JSON.readObject((line.substring(0, event) + '}').getBytes(StandardCharsets.UTF_8));
        message.setBody(line.substring(event + DeadLetterFiles.EVENT.length(), line.length() - 1)
                .getBytes(StandardCharsets.UTF_8));
        set(message, Exchange.CONTENT_TYPE, told.get("contentType"));
        set(message, DeadLetterFiles.IDEMPOTENCY_KEY, told.get("idempotencyKey"));
    }

    private static void set(Message message, String header, Object value) {
        if (value == null) {
            message.removeHeader(header);
        } else {
            message.setHeader(header, value);
        }
    }
}
