package org.imsession.camel.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;

/** What has come to one route, in order. */
public final class Inbox {

    private final BlockingQueue<Exchange> arrived = new LinkedBlockingQueue<>();

    void put(Exchange exchange) {
        arrived.add(exchange);
    }

    /** The next exchange. */
    public Exchange take() throws InterruptedException {
        Exchange exchange = arrived.poll(ListeningRoute.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (exchange == null) {
            throw new AssertionError("nothing arrived in " + ListeningRoute.PATIENCE);
        }
        return exchange;
    }

    /** The next notification. */
    public IMSessionNotification takeBody() throws InterruptedException {
        return take().getIn().getBody(IMSessionNotification.class);
    }

    /** The text of the next message, skipping everything else. */
    public String takeText() throws InterruptedException {
        while (true) {
            if (takeBody() instanceof IMLogUpdateMessage message) {
                return message.message();
            }
        }
    }

    /** The texts of so many messages, skipping everything else. */
    public List<String> takeTexts(int number) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        while (texts.size() < number) {
            texts.add(takeText());
        }
        return texts;
    }

    /** The texts of messages up to that one, skipping everything else. */
    public List<String> takeTextsUntil(String last) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        do {
            texts.add(takeText());
        } while (!texts.get(texts.size() - 1).equals(last));
        return texts;
    }

    /** The next exchange of that origin, skipping others. */
    public Exchange takeOrigin(String origin) throws InterruptedException {
        while (true) {
            Exchange exchange = take();
            if (origin.equals(exchange.getIn().getHeader(IMSessionConstants.ORIGIN))) {
                return exchange;
            }
        }
    }

    /** The next gap, skipping everything else. */
    public FeedGap takeGap() throws InterruptedException {
        return takeOrigin("gap").getIn().getBody(FeedGap.class);
    }

    /** What has arrived and was not taken. */
    public List<Exchange> rest() {
        List<Exchange> rest = new ArrayList<>();
        arrived.drainTo(rest);
        return rest;
    }

    /** The texts among what has arrived and was not taken. */
    public List<String> restOfTexts() {
        return rest().stream().map(exchange -> exchange.getIn().getBody())
                .filter(IMLogUpdateMessage.class::isInstance).map(body -> ((IMLogUpdateMessage) body).message())
                .toList();
    }
}
