package org.imsession.camel.fleet;

import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The agents of a team in a resource that is read once, when the route starts, in the form of an {@link AgentsFile}.
 *
 * @param name         what messages call it
 * @param text         reads it; may block, may fail with any unchecked exception
 * @param threads      where to look placeholders up; may be blocked
 * @param placeholders replaces the placeholders of a text
 */
public record AgentsText(String name, Supplier<byte[]> text, Executor threads, UnaryOperator<String> placeholders)
        implements AgentDirectory {

    @Override
    public Registration follow(Listener listener) {
        listener.roster(AgentLines.read(name, text.get(),
                new PlaceholderCredentials.Resolver(placeholders::apply, threads)));
        return () -> { };
    }
}
