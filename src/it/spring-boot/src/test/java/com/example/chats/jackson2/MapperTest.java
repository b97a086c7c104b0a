package com.example.chats.jackson2;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.chats.Application;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The mapper of Spring, that of Spring Boot 3, has the canonical JSON, and nobody told it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, classes = Application.class, properties =
    "camel.main.java-routes-exclude-pattern=**")
class MapperTest {

    @Autowired
    private CamelContext camel;
    @Autowired
    private ObjectMapper mapper;

    @Test
    void theMapperOfSpringWritesAndReadsTheCanonicalJson() throws Exception {
        IMSessionNotification event = camel.getTypeConverter().convertTo(IMSessionNotification.class,
                "{\"message\":\"Hello\",\"messageType\":\"IMLogUpdateMessage\",\"imSessionPath\":\"/im-sessions/7\"}");
        String canonical = camel.getTypeConverter().convertTo(String.class, event);

        assertThat(mapper.writeValueAsString(event)).isEqualTo(canonical);
        assertThat(mapper.readValue(canonical, IMSessionNotification.class)).isInstanceOf(IMLogUpdateMessage.class);
        assertThat(mapper.convertValue(event, JsonNode.class)).isEqualTo(mapper.readTree(canonical));
    }
}
