package org.imsession.camel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.camel.Endpoint;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.util.ObjectHelper;
import org.imsession.camel.cluster.ClusterRoutes;
import org.imsession.camel.cluster.ClusterWatch;
import org.imsession.camel.cluster.Follower;
import org.imsession.camel.fleet.Fleet;
import org.imsession.camel.gws.RefusedCredentials;
import org.imsession.camel.gws.UncheckedServers;
import org.imsession.camel.model.LogText;
import org.imsession.camel.monitor.ClusterHealthCheck;
import org.imsession.camel.monitor.FollowedFeeds;
import org.imsession.camel.options.ComponentProperties;
import org.imsession.camel.options.KnownOptions;
import org.imsession.camel.options.OptionBound;
import org.imsession.camel.options.OptionReader;
import org.imsession.camel.options.SecretValue;
import org.imsession.camel.options.SettingsFiles;
import org.imsession.camel.osgi.BundleWatch;
import org.imsession.camel.text.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the IM sessions of Genesys agents and acts in them:
 * {@code imsession:agent?serverUrl=https://gws.example.com&passwordFile=/run/secrets/alice}.
 * All endpoints of a component share one HTTP client and its threads, and endpoints of one agent share one session.
 */
@Component("imsession")
public class IMSessionComponent extends HealthCheckComponent implements SSLContextParametersAware {

    private static final Logger LOG = LoggerFactory.getLogger(IMSessionComponent.class);

    @Metadata(label = "advanced", description = "The options of all endpoints, each of which may override them.")
    private IMSessionConfiguration configuration = new IMSessionConfiguration();
    @Metadata(label = "security", defaultValue = "false",
              description = "Whether to use the SSL context parameters of the Camel context.")
    private boolean useGlobalSslContextParameters;
    @Metadata(label = "consumer,advanced", defaultValue = "10", description = "How many threads run the routes of all"
            + " agents of this component. An agent has at most one of them for its route, and leaves it to others after"
            + " a millisecond. A route that blocks holds one: it delays its own agent, and the others only when as many"
            + " routes block as there are threads.")
    private int workerThreads = 10;
    @Metadata(label = "consumer,advanced", defaultValue = "200", description = "How many logins of all agents together"
            + " may begin in a second, give or take some chance, so that a server that restarts is not overrun.")
    private int loginsPerSecond = 200;
    @Metadata(label = "consumer,advanced", defaultValue = "50", description = "How many agents may log in and shake"
            + " hands at the same time; the others wait in turn, so that a server that is slow is not overrun either.")
    private int concurrentLogins = 50;

    private final Map<SSLContextParameters, SSLContext> sslContexts = new ConcurrentHashMap<>();
    private final UncheckedServers unchecked = new UncheckedServers();
    private ComponentThreads threads;
    private final Set<IMSessionConsumer> consumers = ConcurrentHashMap.newKeySet();
    private final RefusedCredentials refused = new RefusedCredentials(System::nanoTime);
    private ComponentProperties properties;
    private Fleet fleet;
    private BundleWatch watch;
    private final ClusterRoutes shared = new ClusterRoutes(this::getCamelContext, this::followed, () -> running()
            .stream().map(each -> new Follower(each, each.followed())).toList());
    private final ClusterWatch clusterWatch = new ClusterWatch(shared, this::isHealthCheckConsumerEnabled,
            ClusterHealthCheck::new);

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (ObjectHelper.isEmpty(remaining)) {
            throw new IllegalArgumentException("The endpoint names no agent; write imsession:<login name of the"
                    + " agent>, or set the variable that names the agent (IMSESSION_USER in the sample settings)");
        }
        IMSessionEndpoint endpoint = new IMSessionEndpoint(uri, this, configuration.copy());
        endpoint.setAgent(remaining);
        try {
            setSecrets(endpoint.getConfiguration(), parameters);
            setProperties(endpoint, parameters);
            endpoint.checkOperation();
        } catch (PropertyBindingException e) { // which says neither why nor what to do
            throw e.getCause() instanceof RuntimeException cause ? Refusal.of(cause) : e;
        } catch (RuntimeException e) {
            throw Refusal.of(e);
        }
        return endpoint;
    }

    /** Not by Camel's binding, which changes what a property holds and quotes what it cannot bind. */
    private void setSecrets(IMSessionConfiguration options, Map<String, Object> parameters) {
        SecretValue secrets = new SecretValue(getCamelContext());
        parameters.entrySet().removeIf(each -> {
            if (each.getValue() instanceof String text && each.getKey().equalsIgnoreCase("password")) {
                options.setPassword(secrets.of("password", text));
                return true;
            } else if (each.getValue() instanceof String text && each.getKey().equalsIgnoreCase("proxyPassword")) {
                options.setProxyPassword(secrets.of("proxyPassword", text));
                return true;
            }
            return false;
        });
    }

    /** Without the values, which may be the rest of a password that has an ampersand in it. */
    @Override
    protected void validateParameters(String uri, Map<String, Object> parameters, String optionPrefix) {
        if (!parameters.isEmpty()) {
            KnownOptions known = KnownOptions.ofEndpoint();
            throw new IllegalArgumentException(parameters.keySet().stream().map(name -> known.nearest(name)
                    .map(near -> LogText.escape(name) + " is no option of the endpoint; did you mean " + near + "?")
                    .orElse("Something that is no option stands in the address; if it is a part of a password with an"
                            + " ampersand in it, give that by passwordFile"))
                    .collect(Collectors.joining(" ")));
        }
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return OptionReader.before(super.getComponentPropertyConfigurer(), allBounds(), (option, given) ->
                properties == null ? given : properties.exact(option, given));
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return OptionReader.before(super.getEndpointPropertyConfigurer(), allBounds(), (option, given) -> given);
    }

    private List<OptionBound> allBounds() {
        return Stream.concat(new IMSessionConfiguration().bounds().stream(), bounds().stream()).toList();
    }

    /** Those that only the component has; the others are {@link IMSessionConfiguration#bounds}. */
    List<OptionBound> bounds() {
        return List.of(OptionBound.number("workerThreads", 1, 10_000, workerThreads),
                OptionBound.number("loginsPerSecond", 1, 100_000, loginsPerSecond),
                OptionBound.number("concurrentLogins", 1, 100_000, concurrentLogins));
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        try {
            properties = new ComponentProperties(getCamelContext(), (option, text) -> getComponentPropertyConfigurer()
                    .configure(getCamelContext(), new IMSessionComponent(), option, text, true));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(e);
        }
        getCamelContext().addLifecycleStrategy(clusterWatch);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        bounds().forEach(OptionBound::check); // not before: Camel Main sets options behind doInit
        SettingsFiles.contradictions(getCamelContext()).forEach(each -> LOG.info("IMS-024 {}", each));
        threads = new ComponentThreads(getCamelContext().getExecutorServiceManager(), this, workerThreads);
        fleet = new Fleet(threads.scheduler(), threads.workers(), threads.keepers(), threads.questions(),
                loginsPerSecond, concurrentLogins, refused);
        unchecked.repeatWith(threads.scheduler());
        FollowedFeeds.of(getCamelContext()).add(this, new FollowedFeeds.Source(fleet::statuses, fleet::services,
                consumer -> consumer instanceof IMSessionConsumer ours && ours.getEndpoint().getComponent() == this
                        ? Optional.of(ours.followed()) : Optional.empty(), shared));
        watch = BundleWatch.on(IMSessionComponent.class, this::leave);
    }

    @Override
    protected void doStop() throws Exception {
        getCamelContext().getLifecycleStrategies().remove(clusterWatch);
        FollowedFeeds.of(getCamelContext()).remove(this);
        if (watch != null) {
            watch.close();
            watch = null;
        }
        if (fleet != null) {
            fleet.close();
            fleet = null;
        }
        if (threads != null) {
            threads.close(); // and remembered: what is late must find them, and be refused
        }
        sslContexts.clear();
        unchecked.clear();
        super.doStop();
    }

    /** Stops for good what runs, and leaves the Camel context, which goes on; see {@link BundleStop}. */
    void leave() {
        new BundleStop(this).leave(List.copyOf(consumers));
    }

    /** A consumer is about to run, until {@link #ended}. */
    void runs(IMSessionConsumer consumer) {
        consumers.add(consumer);
    }

    /** The consumers that run, whoever made them. */
    Set<IMSessionConsumer> running() {
        return Set.copyOf(consumers);
    }

    /** The routes over endpoints of this component that nodes share. */
    ClusterRoutes shared() {
        return shared;
    }

    private Optional<String> followed(Endpoint endpoint) {
        return endpoint instanceof IMSessionEndpoint ours && ours.getComponent() == this ? Optional.of(ours.getAgent())
                : Optional.empty();
    }

    /** A consumer does not run any more. */
    void ended(IMSessionConsumer consumer) {
        consumers.remove(consumer);
    }

    /** The threads that it has had since its last start. */
    ComponentThreads threads() {
        return threads;
    }

    /** Whether any certificate is accepted with this context. */
    boolean acceptsAny(SSLContext context) {
        return unchecked.acceptsAny(context);
    }

    /** A consumer or producer is about to log in, perhaps to a server that need not prove who it is. */
    void unchecked(Object user, IMSessionEndpoint endpoint) {
        if (endpoint.isServerUnchecked()) {
            unchecked.begins(user, endpoint.getAgent(), endpoint.getServer());
        }
    }

    /** A consumer or producer does not log in any more. */
    void checked(Object user) {
        unchecked.ends(user);
    }

    /** The feeds of this component. */
    Fleet fleet() {
        if (fleet == null) {
            throw new IllegalStateException("The component imsession is not started");
        }
        return fleet;
    }

    /** The TLS context for these parameters, made once, so that endpoints with the same ones share connections. */
    SSLContext sslContext(SSLContextParameters endpointParameters) {
        SSLContextParameters parameters = endpointParameters != null
                ? endpointParameters : retrieveGlobalSslContextParameters();
        return parameters == null ? null : sslContexts.computeIfAbsent(parameters, each -> {
            try {
                return each.createSSLContext(getCamelContext());
            } catch (Exception e) {
                throw new RuntimeCamelException("The sslContextParameters cannot be used: " + e.getMessage()
                        + "; look at the files and passwords of its key and trust store", e);
            }
        });
    }

    public IMSessionConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(IMSessionConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public int getWorkerThreads() {
        return workerThreads;
    }

    public void setWorkerThreads(int workerThreads) {
        this.workerThreads = workerThreads;
    }

    public int getLoginsPerSecond() {
        return loginsPerSecond;
    }

    public void setLoginsPerSecond(int loginsPerSecond) {
        this.loginsPerSecond = loginsPerSecond;
    }

    public int getConcurrentLogins() {
        return concurrentLogins;
    }

    public void setConcurrentLogins(int concurrentLogins) {
        this.concurrentLogins = concurrentLogins;
    }
}
