package com.example.chats;

import org.apache.camel.builder.RouteBuilder;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.springframework.stereotype.Component;

/** Splits what the agent hears: texts, and everything else. */
@Component
public class Chats extends RouteBuilder {

    @Override
    public void configure() {
        from("imsession:{{chats.agent}}").routeId("chats")
            .choice()
                .when(body().isInstanceOf(IMLogUpdateMessage.class))
                    .to("{{chats.texts}}")
                .otherwise()
                    .to("{{chats.states}}");
    }
}
