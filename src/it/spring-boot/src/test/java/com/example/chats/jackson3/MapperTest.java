package com.example.chats.jackson3;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.chats.Application;
import org.apache.camel.CamelContext;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The mapper of Spring, that of Spring Boot 4, has the canonical JSON, and nobody told it. */
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
