package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many exchanges at once keep the order of their session, and no thread waits for them. */
class OrderUnderLoadTest {

    private static final int EXCHANGES = 200;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void twoHundredTextsArriveInTheOrderInWhichTheyWereAskedFor(boolean waitForEvent) throws Exception {
        try (Talk talk = new Talk(gws)) {
            talk.listens("bob");
            String session = gws.agent("alice").talksTo("bob").id();
            Endpoint endpoint = talk.context()
                    .getEndpoint("imsession:alice?operation=sendMessage&waitForEvent=" + waitForEvent);
            AsyncProducer producer = endpoint.createAsyncProducer();
            producer.start();
            CountDownLatch left = new CountDownLatch(EXCHANGES);
            Set<String> threads = ConcurrentHashMap.newKeySet();
            List<Exchange> exchanges = new ArrayList<>();
            for (int i = 0; i < EXCHANGES; i++) {
                Exchange exchange = endpoint.createExchange();
                exchange.getIn().setBody(String.valueOf(i));
                exchange.getIn().setHeader(IMSessionConstants.TARGET_ID, session);
                exchanges.add(exchange);
                boolean sync = producer.process(exchange, doneSync -> {
                    threads.add(Thread.currentThread().getName());
                    left.countDown();
                });
                assertThat(sync).as("the caller was held up").isFalse();
            }
            assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
            producer.stop();

            List<String> texts = IntStream.range(0, EXCHANGES).mapToObj(String::valueOf).toList();
            assertThat(exchanges).allMatch(each -> each.getException() == null);
            assertThat(gws.requests().requests(Step.OPERATION)).hasSize(EXCHANGES);
            for (String text : texts) {
                assertThat(Talk.text(talk.nextText("bob"))).isEqualTo(text);
            }
            assertThat(threads).allMatch(name -> name.contains("IMSession-producer"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 50 })
    void aTextIsSentOnlyAfterTheAnswerToTheOneBefore(int refused) throws Exception {
        try (Talk talk = new Talk(gws)) {
            String session = gws.agent("alice").talksTo("bob").id();
            Endpoint endpoint = talk.context().getEndpoint("imsession:alice?operation=sendMessage");
            AsyncProducer producer = endpoint.createAsyncProducer();
            producer.start();
            var withheld = gws.faults().once(Step.OPERATION, new org.imsession.simulator.fault.Fault.Withhold());
            CountDownLatch left = new CountDownLatch(refused + 1);
            for (int i = 0; i <= refused; i++) {
                Exchange exchange = endpoint.createExchange();
                exchange.getIn().setBody("text " + i);
                exchange.getIn().setHeader(IMSessionConstants.TARGET_ID, session);
                producer.process(exchange, doneSync -> left.countDown());
            }
            assertThat(withheld.awaitHits(1, Talk.PATIENCE)).isTrue();
            assertThat(gws.requests().count(Step.OPERATION)).isEqualTo(1);
            withheld.release();
            assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
            producer.stop();
        }
    }
}
