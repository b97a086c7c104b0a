package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionOperationException;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An error handler that goes by isRetryable repeats what may be repeated, and nothing else. */
class RetryTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    private Talk talk;
    private String session;

    @BeforeEach
    void begin() throws Exception {
        talk = new Talk(gws);
        session = gws.agent("alice").talksTo("bob").id();
        talk.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IMSessionOperationException.class)
                        .onWhen(exchange -> exchange.getProperty(Exchange.EXCEPTION_CAUGHT,
                                IMSessionOperationException.class).isRetryable())
                        .maximumRedeliveries(3).redeliveryDelay(10).asyncDelayedRedelivery();
                from("direct:say").to("imsession:alice?operation=sendMessage");
            }
        });
    }

    @AfterEach
    void end() {
        talk.close();
    }

    private Exchange say() {
        return talk.context().createProducerTemplate().request("direct:say", exchange -> {
            exchange.getIn().setBody("Hello");
            exchange.getIn().setHeader(IMSessionConstants.TARGET_ID, session);
        });
    }

    @Test
    void whatFailedForAPassingReasonIsRepeated() {
        gws.faults().once(Step.OPERATION, Fault.json(500, "{\"statusCode\":4}"));
        assertThat(say().getException()).isNull();
        assertThat(gws.requests().count(Step.OPERATION)).isEqualTo(2);
    }

    @Test
    void aTextOfUnknownOutcomeIsNotRepeated() {
        gws.faults().once(Step.OPERATION, Fault.status(504));
        assertThat(say().getException()).isInstanceOf(IMSessionOperationException.class);
        assertThat(gws.requests().count(Step.OPERATION)).isEqualTo(1);
    }
}
