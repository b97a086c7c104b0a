package org.imsession.camel.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.ResourceHelper;
import org.imsession.camel.model.LogText;
import org.imsession.camel.options.SecretValue;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.UnavailableException;

/**
 * What the option {@code agents} stands for.
 *
 * @param context     where beans, resources and placeholders are found
 * @param readable    whether a file may be used even if other users can read it (POSIX)
 * @param interval    how often a file is looked at
 * @param patience    how long a vault may take that a placeholder names
 * @param timer       says when to look; is never blocked
 * @param directories where to look, which may block; asked for only if there is a file
 * @param questions   where vaults are asked, which may block
 */
public record AgentsOption(CamelContext context, boolean readable, Duration interval, Duration patience,
                           ScheduledExecutorService timer, Supplier<? extends Executor> directories,
                           ExecutorService questions) {

    private static final String FILE = "file:";

    /**
     * The directory.
     *
     * @param agents the value of the option: a resource, a reference to a bean, or the bean; not {@code null}
     * @throws IllegalArgumentException if it is neither a resource nor a directory
     */
    public AgentDirectory directory(Object agents) {
        Object named = agents instanceof String name && EndpointHelper.isReferenceParameter(name)
                ? EndpointHelper.resolveReferenceParameter(context, name, Object.class) : agents;
        if (named instanceof AgentDirectory directory) {
            return directory;
        }
        if (!(named instanceof String resource)) {
            throw new IllegalArgumentException("agents is a " + named.getClass().getName() + "; give a resource such"
                    + " as file:agents.properties, or a bean that implements " + AgentDirectory.class.getName());
        }
        return resource.startsWith(FILE) ? file(resource) : text(resource);
    }

    private AgentDirectory file(String resource) {
        return new AgentsFile(Path.of(resource.substring(FILE.length())), readable, interval, timer, directories.get(),
                placeholders());
    }

    private AgentDirectory text(String resource) {
        return new AgentsText(resource, () -> {
            try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, resource)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UnavailableException("agents=" + LogText.escape(resource) + " cannot be read ("
                        + e.getClass().getSimpleName() + "); check that it is there, and write file: in front if it is"
                        + " a file"); // no cause: it quotes the name as it is
            }
        }, placeholders());
    }

    /** A vault has as much time as a bean that is asked for credentials. */
    private PlaceholderLookup placeholders() {
        return new PlaceholderLookup(text -> new SecretValue(context).of(text), questions, patience);
    }
}
