package com.example.chats;

import static org.apache.camel.builder.AdviceWith.adviceWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Properties;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The route with the component and a simulated GWS, without the systems that it delivers to. */
class ChatsWithSimulatorTest extends CamelTestSupport {

    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.create().agent("alice", "secret");

    @Test
    void textsArriveInOrder() throws Exception {
        adviceWith(context, "chats", route -> {
            route.weaveByToUri("jms:*").replace().to("mock:texts");
            route.weaveByToUri("file:*").replace().to("mock:states");
        });
        MockEndpoint texts = getMockEndpoint("mock:texts");
        texts.expectedBodiesReceived("Hello", "Goodbye");
        texts.expectedHeaderReceived("CamelIMSessionAgent", "alice");

        context.start();
        assertTrue(GWS.agent("alice").awaitSubscribed(Duration.ofSeconds(10)));
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
        return new Chats();
    }
}
