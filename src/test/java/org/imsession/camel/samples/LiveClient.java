package org.imsession.camel.samples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cometd.bayeux.Message;
import org.cometd.client.BayeuxClient;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;

/** Does what the page does, for tests: asks for all, hears what follows, and asks again for what it lacks. */
final class LiveClient implements AutoCloseable {

    private final BayeuxClient client;
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final List<Map<?, ?>> changes = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Map<String, Object>> waiting = new ArrayList<>();
    private String epoch = "";
    private long number = -1;
    private int snapshots;
    private boolean asked;
    private boolean failed;

    /** A page at that port, whose requests say that they are for the other. */
    LiveClient(HttpClient http, int port, int served) {
        client = new BayeuxClient("http://127.0.0.1:" + port + "/cometd", new JettyHttpClientTransport(
                new HashMap<>(Map.of("maxNetworkDelay", 5_000L)), http) {
            @Override
            protected void customize(Request request) {
                request.headers(headers -> headers.put("Host", "127.0.0.1:" + served));
            }
        });
        client.getChannel("/service/im/hello").addListener((org.cometd.bayeux.client.ClientSessionChannel
                .MessageListener) (channel, message) -> answered(message));
        client.getChannel("/meta/connect").addListener((org.cometd.bayeux.client.ClientSessionChannel
                .MessageListener) (channel, message) -> connected(message.isSuccessful()));
        client.getChannel("/meta/handshake").addListener((org.cometd.bayeux.client.ClientSessionChannel
                .MessageListener) (channel, message) -> shaken(message.isSuccessful()));
    }

    LiveClient start() throws InterruptedException {
        client.handshake();
        if (!subscribed.await(SampleRoutes.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("not subscribed");
        }
        return this;
    }

    BayeuxClient bayeux() {
        return client;
    }

    private void shaken(boolean well) {
        if (well) {
            client.getChannel("/im/live").subscribe((channel, message) -> heard(message),
                    reply -> {
                        if (reply.isSuccessful()) {
                            subscribed.countDown();
                        }
                    });
            hello();
        }
    }

    private synchronized void connected(boolean well) {
        if (well && failed) {
            hello();
        }
        failed = !well;
    }

    private synchronized void hello() {
        asked = true;
        client.getChannel("/service/im/hello").publish(Map.of("epoch", epoch, "n", number));
    }

    private synchronized void answered(Message message) {
        Map<String, Object> answer = message.getDataAsMap();
        if (answer == null) {
            return; // that the question was taken
        }
        messages.add(message);
        asked = false;
        epoch = (String) answer.get("epoch");
        if (answer.get("changes") == null) {
            number = ((Number) answer.get("n")).longValue();
            snapshots++;
        } else {
            apply(answer);
        }
        List<Map<String, Object>> heard = List.copyOf(waiting);
        waiting.clear();
        heard.forEach(this::take);
    }

    private void take(Map<String, Object> news) {
        if (asked) {
            waiting.add(news);
        } else {
            apply(news);
        }
    }

    private synchronized void heard(Message message) {
        messages.add(message);
        take(message.getDataAsMap());
    }

    private void apply(Map<String, Object> news) {
        Object all = news.get("changes");
        for (Object each : all instanceof Object[] array ? List.of(array) : (List<?>) all) {
            Map<?, ?> change = (Map<?, ?>) each;
            long next = ((Number) change.get("n")).longValue();
            if (next == number + 1) {
                number = next;
                changes.add(change);
            } else if (next > number) {
                hello();
                return;
            }
        }
        if (((Number) news.getOrDefault("n", 0)).longValue() > number) {
            hello();
        }
    }

    /** The texts that followed the first snapshot, in their order. */
    synchronized List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Map<?, ?> change : changes) {
            if (change.get("entry") instanceof Map<?, ?> entry && "text".equals(entry.get("kind"))) {
                texts.add((String) entry.get("text"));
            }
        }
        return texts;
    }

    /** The name that the page has for a session of which it was told. */
    synchronized String keyOf(String session) {
        return changes.stream().filter(change -> change.get("row") instanceof Map<?, ?> row
                        && session.equals(row.get("session")))
                .map(change -> (String) ((Map<?, ?>) change.get("row")).get("key")).findFirst().orElseThrow();
    }

    synchronized List<Message> messages() {
        return List.copyOf(messages);
    }

    /** How often all was told. */
    synchronized int snapshots() {
        return snapshots;
    }

    synchronized boolean knows() {
        return number >= 0;
    }

    @Override
    public void close() {
        client.disconnect();
        client.waitFor(1_000, BayeuxClient.State.DISCONNECTED);
        client.abort();
    }
}
