package org.imsession.camel.conversation.form;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.TransformerKey;
import org.apache.camel.support.DefaultExchange;
import org.imsession.camel.conversation.Chat;

/** The forms as routes name them. */
final class Forms {

    private Forms() {
    }

    static String text(Chat chat) throws Exception {
        return new String(message("text", chat, Map.of()).getBody(byte[].class), StandardCharsets.UTF_8);
    }

    static String html(Chat chat) throws Exception {
        return new String(message("html", chat, Map.of()).getBody(byte[].class), StandardCharsets.UTF_8);
    }

    static Message message(String form, Chat chat, Map<String, Object> headers) throws Exception {
        Exchange built = chat.exchange("alice");
        try (CamelContext context = new DefaultCamelContext()) {
            context.start();
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setHeaders(built.getMessage().getHeaders());
            exchange.getMessage().getHeaders().putAll(headers);
            exchange.getMessage().setBody(built.getMessage().getBody());
            DataType type = new DataType("imsession:conversation-" + form);
            context.getTransformerRegistry().resolveTransformer(new TransformerKey(type))
                    .transform(exchange.getMessage(), DataType.ANY, type);
            return exchange.getMessage();
        }
    }
}
