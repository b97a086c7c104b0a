package org.imsession.camel.bench;

import java.nio.file.Path;
import org.apache.camel.main.Main;

/**
 * The process of the live page: the sample routes that bring it, with nothing behind. Arguments: the server's address,
 * how many agents, a folder, the port of the page.
 */
final class ScreenProcess {

    private ScreenProcess() {
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[2]);
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:routes/live/live.properties");
        main.addOverrideProperty("camel.main.routes-include-pattern",
                "file:routes/xml/split.xml,file:routes/live/*.yaml");
        main.addOverrideProperty("camel.component.imsession.loginsPerSecond", String.valueOf(Pace.PER_SECOND));
        main.addOverrideProperty("camel.beans.imSessions", "#class:org.imsession.camel.store.FilePositionRepository");
        main.addOverrideProperty("camel.beans.imSessions.folder", folder.resolve("sessions").toString());
        main.addOverrideProperty("im.server", args[0]);
        main.addOverrideProperty("im.live.port", args[3]);
        for (String kind : new String[] { "state-changes", "messages", "unknown" }) {
            main.addOverrideProperty("im.to." + kind, "log:behind?level=TRACE");
        }
        main.addOverrideProperty("camel.route-template[im-agent].template-id", "im-split");
        main.addOverrideProperty("camel.route-template[im-agent].agent", "team");
        main.addOverrideProperty("camel.route-template[im-agent].login", "agents=file:"
                + SqlProcess.agents(folder.resolve("agents.properties"), Integer.parseInt(args[1])));
        main.start();
        Orders.serve(words -> {
            throw new IllegalArgumentException(words[0]);
        });
    }
}
