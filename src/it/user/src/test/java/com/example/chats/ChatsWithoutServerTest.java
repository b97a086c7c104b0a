package com.example.chats;

import static org.apache.camel.builder.AdviceWith.adviceWith;

import java.util.Properties;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The route without a server: its ends are replaced, and the type converters make messages of JSON. */
class ChatsWithoutServerTest extends CamelTestSupport {

    @BeforeEach
    void replaceTheEnds() throws Exception {
        adviceWith(context, "chats", route -> {
            route.replaceFromWith("direct:chats");
            route.weaveByToUri("jms:*").replace().to("mock:texts");
            route.weaveByToUri("file:*").replace().to("mock:states");
        });
        context.start();
    }

    @Test
    void aTextGoesToTheQueue() throws Exception {
        getMockEndpoint("mock:texts").expectedBodiesReceived("Hello");
        getMockEndpoint("mock:states").expectedMessageCount(0);

        template.sendBody("direct:chats", context.getTypeConverter().mandatoryConvertTo(IMLogUpdateMessage.class, """
                {"data": {"messageType": "IMLogUpdateMessage", "notificationType": "NewMessage",
                    "imSessionPath": "/im-sessions/1", "message": "Hello"}}"""));

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void aChangeOfStateGoesToTheFile() throws Exception {
        getMockEndpoint("mock:texts").expectedMessageCount(0);
        getMockEndpoint("mock:states").expectedMessageCount(1);

        template.sendBody("direct:chats", context.getTypeConverter().mandatoryConvertTo(
                IMSessionStateChangeMessage.class, """
                {"data": {"messageType": "IMSessionStateChangeMessage", "notificationType": "StatusChange",
                    "imSession": {"id": "1", "path": "/im-sessions/1", "state": "Talking"}}}"""));

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
        properties.setProperty("gws.url", "https://gws.example.com");
        properties.setProperty("alice.password", "secret");
        context.withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new Chats();
    }
}
