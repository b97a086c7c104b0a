package org.imsession.camel.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.IMSessionConstants;

/** {@code imsession:...?operation=sendMessage}: all texts are handed over at once, the component keeps their order. */
final class OurTexts implements TextSender {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Map<Talk, AsyncProducer> producers = new HashMap<>();
    private final String url;

    OurTexts(String url) {
        this.url = url;
        CamelSettings.apply(context);
        context.getComponent("imsession", IMSessionComponent.class).setLoginsPerSecond(Pace.PER_SECOND);
        context.start();
    }

    @Override
    public CompletableFuture<?> add(Talk talk) throws Exception {
        AsyncProducer producer = context.getEndpoint("imsession:" + talk.agent() + "?operation=sendMessage&password="
                + ServerProcess.PASSWORD + "&serverUrl=" + url).createAsyncProducer();
        producer.start();
        producers.put(talk, producer);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<?> send(Talk talk, int texts) {
        CompletableFuture<?>[] sent = new CompletableFuture<?>[texts];
        for (int i = 0; i < texts; i++) {
            sent[i] = send(producers.get(talk), talk, "Text " + i);
        }
        return CompletableFuture.allOf(sent);
    }

    private static CompletableFuture<Exchange> send(AsyncProducer producer, Talk talk, String text) {
        CompletableFuture<Exchange> sent = new CompletableFuture<>();
        Exchange exchange = producer.getEndpoint().createExchange();
        exchange.getMessage().setBody(text);
        exchange.getMessage().setHeader(IMSessionConstants.TARGET_ID, talk.session());
        producer.process(exchange, done -> {
            if (exchange.getException() == null) {
                sent.complete(exchange);
            } else {
                sent.completeExceptionally(exchange.getException());
            }
        });
        return sent;
    }

    @Override
    public void close() {
        context.stop();
    }
}
