package org.imsession.camel.samples;

import static org.apache.camel.builder.AdviceWith.adviceWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Properties;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.imsession.camel.IMSessionConstants;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An example: how to test a route of your own against the simulator, without the systems that it delivers to. */
class MyRouteTest extends CamelTestSupport {

    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.create().agent("alice", "secret");

    /** The route to test; yours is among your sources. */
    private static final class MyRoute extends RouteBuilder {
        @Override
        public void configure() {
            from("imsession:alice?serverUrl={{gws.url}}&password={{alice.password}}&messageTypes=logUpdate")
                .routeId("my-route")
                .setBody(simple("${body.message}"))
                .to("jms:queue:texts");
        }
    }

    @Test
    void textsArriveInOrder() throws Exception {
        adviceWith(context, "my-route", route -> route.weaveByToUri("jms:*").replace().to("mock:texts"));
        MockEndpoint texts = getMockEndpoint("mock:texts");
        texts.expectedBodiesReceived("Hello", "Goodbye");
        texts.expectedHeaderReceived(IMSessionConstants.AGENT, "alice");

        context.start();
        assertThat(GWS.agent("alice").awaitSubscribed(Duration.ofSeconds(10))).isTrue();
        GWS.agent("alice").session().says("Hello").hears("Goodbye");

        texts.assertIsSatisfied();
    }

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withUseAdviceWith(true);
    }

    @Override
    public void configureContext(CamelContextConfiguration context) {
        super.configureContext(context);
        Properties properties = new Properties();
        properties.setProperty("gws.url", GWS.url());
        properties.setProperty("alice.password", "secret");
        context.withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new MyRoute();
    }
}
