package org.imsession.camel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.ResourceHelper;
import org.imsession.camel.directory.AgentsFile;
import org.imsession.camel.directory.AgentsText;
import org.imsession.camel.directory.PlaceholderLookup;
import org.imsession.camel.model.LogText;
import org.imsession.camel.options.SecretValue;
import org.imsession.camel.spi.AgentDirectory;

/** What the option {@code agents} stands for. */
final class AgentsOption {

    private static final String FILE = "file:";

    private final CamelContext context;
    private final IMSessionEndpoint endpoint;

    AgentsOption(IMSessionEndpoint endpoint) {
        this.endpoint = endpoint;
        this.context = endpoint.getCamelContext();
    }

    /**
     * The directory; empty if the endpoint follows one agent.
     *
     * @throws IllegalArgumentException if it is neither a resource nor a directory
     */
    Optional<AgentDirectory> directory() {
        Object agents = endpoint.getAgents();
        if (agents == null) {
            return Optional.empty();
        }
        if (agents instanceof String name && EndpointHelper.isReferenceParameter(name)) {
            agents = EndpointHelper.resolveReferenceParameter(context, name, Object.class);
        }
        if (agents instanceof AgentDirectory directory) {
            return Optional.of(directory);
        }
        if (!(agents instanceof String resource)) {
            throw new IllegalArgumentException("agents is a " + agents.getClass().getName() + "; give a resource such"
                    + " as file:agents.properties, or a bean that implements " + AgentDirectory.class.getName());
        }
        return Optional.of(resource.startsWith(FILE) ? file(resource) : text(resource));
    }

    private AgentDirectory file(String resource) {
        IMSessionConfiguration c = endpoint.getConfiguration();
        return new AgentsFile(Path.of(resource.substring(FILE.length())), c.isAllowReadableAgentsFile(),
                Duration.ofMillis(c.getAgentsCheckInterval()), endpoint.getComponent().scheduler(),
                endpoint.getComponent().directories(), placeholders());
    }

    private AgentDirectory text(String resource) {
        return new AgentsText(resource, () -> {
            try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, resource)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new IllegalArgumentException("agents=" + LogText.escape(resource) + " cannot be read ("
                        + e.getClass().getSimpleName() + "); check that it is there, and write file: in front if it is"
                        + " a file"); // no cause: it quotes the name as it is
            }
        }, placeholders());
    }

    /** A vault has as much time as a bean that is asked for credentials. */
    private PlaceholderLookup placeholders() {
        return new PlaceholderLookup(text -> new SecretValue(context).of(text), endpoint.getComponent().questions(),
                Duration.ofMillis(endpoint.getConfiguration().getRequestTimeout()));
    }
}
