package com.example.chats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.imsession.camel.model.IMSessionNotification;
import org.jboss.logging.Logger;

/** Says at the start what the mapper of Quarkus makes of a message. */
@ApplicationScoped
public class MapperOfQuarkus {

    private static final Logger LOG = Logger.getLogger(MapperOfQuarkus.class);
    private static final String SENT = "{\"message\":\"Hi\",\"messageType\":\"IMLogUpdateMessage\","
            + "\"imSessionPath\":\"/im-sessions/7\"}";

    void tell(@Observes StartupEvent start, ObjectMapper mapper) throws JsonProcessingException {
        LOG.info("mapper: " + mapper.writeValueAsString(mapper.readValue(SENT, IMSessionNotification.class)));
    }
}
