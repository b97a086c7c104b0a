package com.example.chats;

import static org.apache.camel.builder.AdviceWith.adviceWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
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

/** What once happened, recorded by the simulator's recorder: a session was lost, and what came after. */
class ChatsOfAnIncidentTest extends CamelTestSupport {

    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.replaying(Path.of("src/test/resources/incident.jsonl"));

    @Test
    void whatWasLostIsToldBeforeTheLastText() throws Exception {
        adviceWith(context, "chats", route -> {
            route.weaveByToUri("jms:*").replace().to("mock:texts");
            route.weaveByToUri("file:*").replace().to("mock:states");
        });

        context.start();
        assertTrue(GWS.awaitReplayed(Duration.ofSeconds(30)));

        getMockEndpoint("mock:texts").expectedMessageCount(4);
        getMockEndpoint("mock:states").expectedHeaderValuesReceivedInAnyOrder("CamelIMSessionOrigin",
                "live", "live", "live", "gap", "snapshot", "live");
        MockEndpoint.assertIsSatisfied(context);
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
