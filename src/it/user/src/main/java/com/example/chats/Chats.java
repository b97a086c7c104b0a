package com.example.chats;

import org.apache.camel.builder.RouteBuilder;
import org.imsession.camel.model.IMLogUpdateMessage;

/** Texts go to a queue; what happens to sessions is appended to a file for each of them. */
public class Chats extends RouteBuilder {
    @Override
    public void configure() {
        from("imsession:alice?serverUrl={{gws.url}}&password=#property:alice.password").routeId("chats")
            .choice()
                .when(body().isInstanceOf(IMLogUpdateMessage.class))
                    .setBody(simple("${body.message}"))
                    .to("jms:queue:texts")
                .otherwise()
                    .to("file:states?fileName=${header.CamelIMSessionFileName}.jsonl&fileExist=Append&appendChars=%0A");
    }
}
