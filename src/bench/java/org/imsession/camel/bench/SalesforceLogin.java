package org.imsession.camel.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * What camel-salesforce asks before it shakes hands: its OAuth token. It is sent on to the simulator's own CometD
 * endpoint, so that it is fed by the very server that feeds the others.
 */
record SalesforceLogin(String url) {

    static SalesforceLogin start(String gws) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        byte[] answer = """
                {"access_token":"%s","instance_url":"%s/api/v2/notifications","id":"%s/id","token_type":"Bearer",\
                "issued_at":"1700000000000","signature":"none"}""".formatted(ServerProcess.TOKEN, gws, gws)
                .getBytes(StandardCharsets.UTF_8);
        http.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.start();
        return new SalesforceLogin("http://127.0.0.1:" + http.getAddress().getPort());
    }
}
