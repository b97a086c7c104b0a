package com.example.browser;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;
import org.imsession.simulator.GwsServer;

/** The live page with a database behind it, as the sample routes of the project make them. */
final class Routes implements AutoCloseable {

    private static final String SETTINGS = "file:routes/live/live.properties,file:routes/sql/sql.properties,"
            + "file:routes/sql/h2.properties";

    private final Main main = new Main();
    private final int port;

    private Routes(int port) {
        this.port = port;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static Routes start(GwsServer gws, Path folder, List<String> agents) throws Exception {
        return start(gws, folder, agents, freePort(), Map.of());
    }

    /** With the page at that port; the properties replace others. */
    static Routes start(GwsServer gws, Path folder, List<String> agents, int port, Map<String, String> properties)
            throws Exception {
        Routes routes = new Routes(port);
        Main main = routes.main;
        main.setPropertyPlaceholderLocations(SETTINGS);
        routes.set("camel.main.routes-include-pattern", "file:routes/xml/split.xml,file:routes/live/*.yaml,"
                + "file:routes/sql/sink.yaml,file:routes/sql/conversations.yaml,file:routes/sql/ended.yaml");
        routes.set("camel.main.shutdown-timeout", "5");
        routes.set("camel.beans.imSessions", "#class:org.imsession.camel.store.FilePositionRepository");
        routes.set("camel.beans.imSessions.folder", folder.resolve("sessions").toString());
        routes.set("im.server", gws.url());
        routes.set("im.password", "secret");
        routes.set("im.live.port", String.valueOf(port));
        for (String kind : List.of("state-changes", "messages", "unknown")) {
            routes.set("im.to." + kind, "direct:sql");
        }
        routes.set("im.to.conversations", "log:conversations?level=DEBUG");
        routes.set("im.sql.dir", folder.resolve("database").toString());
        // that of h2.properties begins in the folder of the project
        routes.set("camel.beans.imDatabase.jdbcUrl", "jdbc:h2:mem:" + folder.getFileName() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                + "DB_CLOSE_DELAY=-1;INIT=RUNSCRIPT FROM 'routes/sql/h2.sql'");
        routes.set("im.sql.dead-letter-dir", folder.resolve("dead-letter").toString());
        routes.set("im.reconciliation.dir", folder.resolve("reconciliation").toString());
        routes.set("im.conversations.dir", folder.resolve("conversations").toString());
        for (String agent : agents) {
            String block = "camel.route-template[" + agent + "].";
            routes.set(block + "template-id", "im-split");
            routes.set(block + "agent", agent);
            routes.set(block + "passwordProperty", "im.password");
        }
        properties.forEach(routes::set);
        main.start();
        return routes;
    }

    private void set(String name, String value) {
        main.addOverrideProperty(name, value);
    }

    String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** The server of the page goes away, and comes back. */
    void stopPage() throws Exception {
        main.getCamelContext().getRouteController().stopRoute("im-live-changes");
    }

    void startPage() throws Exception {
        main.getCamelContext().getRouteController().startRoute("im-live-changes");
    }

    @Override
    public void close() {
        main.stop();
    }
}
