package org.imsession.camel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategyAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.imsession.camel.bayeux.BayeuxSettings;
import org.imsession.camel.directory.AgentsOption;
import org.imsession.camel.directory.PasswordFile;
import org.imsession.camel.feed.FeedSettings;
import org.imsession.camel.fleet.AgentSettings;
import org.imsession.camel.gws.GwsSettings;
import org.imsession.camel.gws.HttpSettings;
import org.imsession.camel.gws.ProxySettings;
import org.imsession.camel.json.JsonLimits;
import org.imsession.camel.model.LogText;
import org.imsession.camel.options.OptionBound;
import org.imsession.camel.position.PositionStore;
import org.imsession.camel.recovery.Backoff;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.UnavailableException;

/**
 * Receive and send the internal instant messages of an agent over Genesys Web Services.
 */
@UriEndpoint(firstVersion = "1.0.0", scheme = "imsession", title = "IM Session", syntax = "imsession:agent",
             category = { Category.CHAT }, headersClass = IMSessionConstants.class)
@ManagedResource(description = "Managed IM session endpoint")
public class IMSessionEndpoint extends DefaultEndpoint
        implements EndpointServiceLocation, HeaderFilterStrategyAware, MultipleConsumersSupport {

    /** With the default parkedRetryInterval, a parked agent's credential is looked at every 10 s. */
    private static final int CREDENTIAL_CHECKS = 30;
    private static final int LONGEST_CREDENTIAL_CHECK = 10_000;
    private static final String FILE = "file:";
    private static final int MAX_NUMBER_LENGTH = 1000;
    /** Each agent of a team brings its own. */
    private static final AgentCredentials NOBODY = agent -> CompletableFuture.failedFuture(
            new IllegalStateException("a team has no credentials"));

    @UriPath(description = "Login name of the agent; with the option agents, any name for the team.")
    @Metadata(required = true)
    private String agent;
    @UriParam(label = "consumer", javaType = "java.lang.String",
              description = "The agents of a team, each of whom is followed: a resource such as"
                      + " file:agents.properties with lines agent=password, which is watched if it is a file, or a"
                      + " bean of type org.imsession.camel.spi.AgentDirectory.")
    private Object agents;
    @UriParam
    private IMSessionConfiguration configuration;
    @UriParam(label = "advanced", description = "Decides which headers may pass between Camel and the server.")
    private HeaderFilterStrategy headerFilterStrategy = new IMSessionHeaderFilterStrategy();

    private volatile boolean serverUnchecked;

    public IMSessionEndpoint(String uri, IMSessionComponent component, IMSessionConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Consumer consumer = new IMSessionConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        if (agents != null) {
            throw new IllegalArgumentException("A team cannot act; write to imsession:<login name of the agent> without"
                    + " the option agents");
        }
        return new IMSessionProducer(this);
    }

    @Override
    public IMSessionComponent getComponent() {
        return (IMSessionComponent) super.getComponent();
    }

    /** A wrong name is told when the route is made; what an option of the header's gives, when it comes. */
    void checkOperation() {
        if (configuration.getOperation() != null) {
            RequestReader.named(configuration.getOperation());
        }
    }

    /** How the agent is followed, made of the options. */
    AgentSettings connection() {
        IMSessionConfiguration c = configuration;
        if (!LogText.escape(agent).equals(agent)) { // it would stand in every line about the agent
            throw new IllegalArgumentException("The agent '" + LogText.escape(agent) + "' has a character in its name"
                    + " that cannot be seen; give the login name");
        }
        if (c.getServerUrl() == null) {
            throw new IllegalArgumentException("serverUrl is missing; give the address of GWS, such as"
                    + " serverUrl=https://gws.example.com:8443");
        }
        c.bounds().forEach(OptionBound::check);
        if (!c.getTopic().startsWith("/")) {
            throw new IllegalArgumentException("topic is " + LogText.escape(c.getTopic()) + ", a CometD channel begins with a"
                    + " slash, such as /v2/me/im-sessions");
        }
        GwsSettings gws = GwsSettings.of(c.getServerUrl()).withApiPath(c.getApiPath())
                .withRequestTimeout(Duration.ofMillis(c.getRequestTimeout()))
                .withAnswerTimeout(Duration.ofMillis(c.getAnswerTimeout()))
                .withMaxAnswerLength(c.getMaxMessageSize());
        String notifications = c.getNotificationsPath() == null
                ? gws.apiPath() + "/notifications" : gws.withApiPath(c.getNotificationsPath()).apiPath();
        BayeuxSettings bayeux = new BayeuxSettings(gws.server() + notifications, c.isAcknowledge(),
                c.getMaxMessageSize(), Duration.ofMillis(c.getRequestTimeout()),
                Duration.ofMillis(c.getKeepAlive()), Duration.ofMillis(c.getAnswerTimeout()));
        Backoff backoff = new Backoff(Duration.ofMillis(c.getReconnectDelay()),
                Duration.ofMillis(c.getReconnectDelayMax()), c.getReconnectMultiplier(), c.getReconnectJitter());
        List<String> channels = c.isStartContactCenterSession()
                ? Arrays.stream(c.getChannels().split(",")).map(String::strip).toList() : List.of();
        FeedSettings feed = new FeedSettings(agent, gws.server().getRawAuthority(), bayeux, c.getTopic(),
                c.getMaxPending(), backoff, Duration.ofMillis(c.getParkedRetryInterval()),
                Duration.ofMillis(Math.min(LONGEST_CREDENTIAL_CHECK, c.getParkedRetryInterval() / CREDENTIAL_CHECKS)),
                channels, c.getPlace() == null ? "" : c.getPlace(),
                Boolean.TRUE.equals(getCamelContext().isUseMDCLogging()));
        return new AgentSettings(gws, http(c), feed, credentials(c),
                new JsonLimits(c.getMaxNestingDepth(), c.getMaxTextLength(), c.getMaxMembers(), MAX_NUMBER_LENGTH),
                c.getStateRepository() == null ? PositionStore.NONE
                        : new StateRepositoryStore(c.getStateRepository()), services(c));
    }

    private static AgentSettings.Services services(IMSessionConfiguration c) {
        if (c.isServiceGaps() && !c.isWatchServices()) {
            throw new IllegalArgumentException("serviceGaps=true needs watchServices=true: without it nobody knows when"
                    + " a service is down");
        }
        return c.isServiceGaps() ? AgentSettings.Services.TOLD_AS_GAP
                : c.isWatchServices() ? AgentSettings.Services.WATCHED : AgentSettings.Services.IGNORED;
    }

    /** The directory of the team; empty if the endpoint follows one agent. */
    Optional<AgentDirectory> directory() {
        IMSessionConfiguration c = configuration;
        ComponentThreads threads = getComponent().threads();
        return Optional.ofNullable(agents).map(new AgentsOption(getCamelContext(), c.isAllowReadableAgentsFile(),
                Duration.ofMillis(c.getAgentsCheckInterval()), Duration.ofMillis(c.getRequestTimeout()),
                threads.scheduler(), threads::directories, threads.questions())::directory);
    }

    private HttpSettings http(IMSessionConfiguration c) {
        HttpSettings settings = HttpSettings.defaults().withConnectTimeout(Duration.ofMillis(c.getConnectTimeout()))
                .withMaxRequestHead(c.getMaxRequestHeadSize());
        if (c.getProxyHost() != null) {
            settings = settings.withProxy(new ProxySettings(c.getProxyHost(), c.getProxyPort(),
                    orEmpty(c.getProxyUsername()), orEmpty(c.getProxyPassword())));
        }
        SSLContext ssl = getComponent().sslContext(c.getSslContextParameters());
        HttpSettings secured = ssl == null ? settings : settings.withSslContext(ssl);
        refuseAnyCertificate(c, secured);
        return secured;
    }

    private void refuseAnyCertificate(IMSessionConfiguration c, HttpSettings settings) {
        serverUnchecked = GwsSettings.of(c.getServerUrl()).server().getScheme().equalsIgnoreCase("https")
                && getComponent().acceptsAny(settings.sslContext());
        if (serverUnchecked && !c.isAllowAnyCertificate()) {
            throw new IllegalArgumentException("The TLS settings for agent " + agent + " accept any certificate, and so"
                    + " would send the password to whoever answers at " + getServer() + ". They are "
                    + (c.getSslContextParameters() != null ? "the option sslContextParameters"
                            : getComponent().isUseGlobalSslContextParameters() ? "those of the Camel context (look for"
                                    + " camel.ssl.trustAllCertificates)" : "the JVM's default SSLContext")
                    + ". Give a trust store with the authority of the server; for a test system only,"
                    + " allowAnyCertificate=true lets them");
        }
    }

    /** Whether the password goes to a server that need not prove who it is; known once the options were looked at. */
    boolean isServerUnchecked() {
        return serverUnchecked;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private AgentCredentials credentials(IMSessionConfiguration c) {
        if (agents != null) {
            return NOBODY;
        }
        if (c.getCredentials() != null) {
            return c.getCredentials();
        }
        String username = c.getUsername() == null ? agent : c.getUsername();
        boolean written = c.getPassword() != null && !c.getPassword().isEmpty();
        if (c.getPasswordFile() != null) {
            if (written) {
                throw new IllegalArgumentException("password and passwordFile are both set for agent " + agent
                        + "; set one of them, here or for the component");
            }
            return file(username, c.getPasswordFile());
        }
        if (c.getPassword() == null) {
            throw new IllegalArgumentException("There is no password for agent " + agent + "; set the option"
                    + " passwordFile to a file that holds it, password, or credentials to a bean");
        }
        if (!written) {
            throw new IllegalArgumentException("The option password is empty for agent " + agent + "; check the"
                    + " property or variable that it comes from, or set passwordFile to a file that holds it");
        }
        return AgentCredentials.ofPassword(username, c.getPassword());
    }

    /** A password that is not there is told at the start, not by the first login. */
    private static AgentCredentials file(String username, String name) {
        PasswordFile file = new PasswordFile(username, Path.of(name.startsWith(FILE) ? name.substring(FILE.length())
                : name));
        try {
            file.read();
        } catch (UnavailableException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
        return file;
    }

    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public String getServiceUrl() {
        return configuration.getServerUrl() == null ? null : GwsSettings.of(configuration.getServerUrl()).server()
                .toString();
    }

    @Override
    public String getServiceProtocol() {
        return "bayeux";
    }

    @Override
    public Map<String, String> getServiceMetadata() {
        String operation = configuration.getOperation();
        return Map.of("agent", agent, "topic", configuration.getTopic(), "operation", operation == null ? "" : operation,
                "traceAgent", String.valueOf(configuration.isTraceAgent()));
    }

    @ManagedAttribute(description = "Login name of the agent")
    public String getAgent() {
        return agent;
    }

    public void setAgent(String agent) {
        this.agent = agent;
    }

    public Object getAgents() {
        return agents;
    }

    public void setAgents(Object agents) {
        this.agents = agents;
    }

    @ManagedAttribute(description = "Address of the server")
    public String getServer() {
        return getServiceUrl();
    }

    public IMSessionConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(IMSessionConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public HeaderFilterStrategy getHeaderFilterStrategy() {
        return headerFilterStrategy;
    }

    @Override
    public void setHeaderFilterStrategy(HeaderFilterStrategy headerFilterStrategy) {
        this.headerFilterStrategy = headerFilterStrategy;
    }
}
