package org.imsession.camel.bench;

import java.nio.file.Path;
import java.util.IntSummaryStatistics;
import org.apache.camel.CamelContext;
import org.apache.camel.component.cometd.CometdEndpoint;
import org.apache.camel.component.cometd.CometdProducer;
import org.apache.camel.main.Main;
import org.cometd.server.BayeuxServerImpl;
import org.cometd.server.ServerSessionImpl;

/**
 * The process of the live page: the sample routes that bring it, with nothing behind. Arguments: the server's address,
 * how many agents, a folder, the port of the page.
 */
final class ScreenProcess {

    /** The one order. */
    static final String WAITING = "waiting";

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
        CometdProducer page = page(main.getCamelContext());
        Orders.serve(words -> switch (words[0]) {
            case WAITING -> waiting(page.getBayeux());
            default -> throw new IllegalArgumentException(words[0]);
        });
    }

    /** A producer of the server of the page: nothing else says which server that is. */
    private static CometdProducer page(CamelContext context) throws Exception {
        CometdEndpoint server = context.getEndpoints().stream().filter(CometdEndpoint.class::isInstance)
                .map(CometdEndpoint.class::cast).findFirst().orElseThrow();
        CometdProducer producer = (CometdProducer) server.createProducer();
        producer.start();
        return producer;
    }

    /** How many messages wait for a page to fetch them: in the mean, and for the page for which most wait. */
    private static String waiting(BayeuxServerImpl server) {
        IntSummaryStatistics waiting = server.getSessions().stream().filter(page -> !page.isLocalSession())
                .mapToInt(page -> ((ServerSessionImpl) page).getQueue().size()).summaryStatistics();
        return waiting.getAverage() + " " + Math.max(0, waiting.getMax());
    }
}
