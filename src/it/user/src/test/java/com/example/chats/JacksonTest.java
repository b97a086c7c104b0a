package com.example.chats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.UnknownMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code marshal().json()} and {@code unmarshal().json()} as they are, without any set-up. */
class JacksonTest extends CamelTestSupport {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:write").marshal().json();
                from("direct:pretty").marshal().json(true);
                JacksonDataFormat sparing = new JacksonDataFormat();
                sparing.setInclude("NON_EMPTY");
                from("direct:sparing").marshal(sparing);
                for (Class<?> type : List.of(IMSessionNotification.class, IMLogUpdateMessage.class,
                        IMSessionStateChangeMessage.class, FeedGap.class, UnknownMessage.class, IMSession.class,
                        IMSessionRequest.class)) {
                    from("direct:" + type.getSimpleName()).unmarshal().json(type);
                }
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {Events.TEXT, Events.CHANGE, Events.GAP, Events.OTHER})
    void whatIsWrittenIsTheCanonicalJson(String json) throws Exception {
        IMSessionNotification event = Events.of(context, json);
        String canonical = context.getTypeConverter().convertTo(String.class, event);

        assertEquals(canonical, template.requestBody("direct:write", event, String.class));
        assertEquals(canonical, template.requestBody("direct:sparing", event, String.class));
        JsonNode pretty = new ObjectMapper().readTree(template.requestBody("direct:pretty", event, String.class));
        assertEquals(new ObjectMapper().readTree(canonical), pretty);
    }

    @ParameterizedTest
    @ValueSource(strings = {Events.TEXT, Events.CHANGE, Events.GAP, Events.OTHER})
    void whatIsReadIsTheMessage(String json) {
        IMSessionNotification event = Events.of(context, json);
        String canonical = context.getTypeConverter().convertTo(String.class, event);

        for (String to : List.of("IMSessionNotification", event.getClass().getSimpleName())) {
            Object read = template.requestBody("direct:" + to, json);
            assertInstanceOf(event.getClass(), read);
            assertEquals(canonical, context.getTypeConverter().convertTo(String.class, read));
        }
    }

    @Test
    void aSessionAndARequestAreRead() {
        IMSession session = Events.change(context).imSession();
        assertEquals(session.userData(), template.requestBody("direct:IMSession",
                template.requestBody("direct:write", session), IMSession.class).userData());

        assertEquals(new IMSessionRequest.SendMessage("7", "Hi"), template.requestBody("direct:IMSessionRequest",
                "{\"operation\": \"sendMessage\", \"sessionId\": \"7\", \"text\": \"Hi\"}"));
    }

    @Test
    void anotherTypeThanAskedForIsRefused() {
        assertThrows(CamelExecutionException.class, () -> template.requestBody("direct:FeedGap", Events.TEXT));
    }
}
