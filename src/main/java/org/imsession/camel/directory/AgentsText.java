package org.imsession.camel.directory;

import java.util.function.Supplier;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.Roster;

/**
 * The agents of a team in a resource that is read once, when the route starts, in the form of an {@link AgentsFile}.
 *
 * @param name         what messages call it
 * @param text         reads it; may block, may fail with any unchecked exception
 * @param placeholders looks up what stands for passwords
 */
public record AgentsText(String name, Supplier<byte[]> text, PlaceholderLookup placeholders) implements AgentDirectory {

    @Override
    public Registration follow(Listener listener) {
        listener.roster(AgentsFileReader.read(name, text.get(), placeholders, Roster.NOBODY));
        return () -> { };
    }
}
