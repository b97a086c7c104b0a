package org.imsession.camel.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.crash.Journal;

/** A bean of a node: notes in a folder, which all nodes share, what came for each agent, and which node got it. */
public final class Journals {

    private final Map<String, Journal> journals = new ConcurrentHashMap<>();
    private Path folder;
    private String node;

    public void setFolder(String folder) {
        this.folder = Path.of(folder);
    }

    public void setNode(String node) {
        this.node = node;
    }

    /** The sink of the routes. */
    public void note(Exchange exchange) throws IOException {
        String agent = exchange.getIn().getHeader(IMSessionConstants.AGENT, String.class);
        journals.computeIfAbsent(agent, this::open).note(exchange);
        Files.writeString(nodes(folder, agent), node + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Journal open(String agent) {
        try {
            return new Journal(of(folder, agent));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The journal of an agent. */
    static Path of(Path folder, String agent) {
        return folder.resolve(agent + ".journal");
    }

    /** A line for each exchange of an agent, with the node that it came to. */
    static Path nodes(Path folder, String agent) {
        return folder.resolve(agent + ".nodes");
    }
}
