package org.imsession.camel.live;

import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.cometd.CometdComponent;
import org.apache.camel.component.cometd.CometdEndpoint;
import org.apache.camel.component.cometd.CometdProducerConsumer;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerChannel;
import org.cometd.server.BayeuxServerImpl;
import org.cometd.server.http.jakarta.CometDServlet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.imsession.camel.threads.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * camel-cometd, made the server of the live page: bound to the loopback address only, with a filter in front, a policy
 * that lets pages hear one channel and ask on a few, and a bound on what waits for a page. As a processor it takes the
 * events of a route in, without waiting for any page. A bean of Camel Main, under a name that is the scheme of its one
 * endpoint: {@code camel.beans.imlive}.
 */
public final class LivePage extends CometdComponent implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");
    private static final String PAGE = "org/imsession/camel/live/page/";
    private static final long LOOK_AGAIN_MILLIS = 1000;
    private static final int MOST_QUESTIONS = 16;

    private final LiveState state = new LiveState(this::changed);
    private String publicUrl = "";
    private String userHeader = "X-Forwarded-User";
    private String secret = "";
    private String changes = "direct:im-live-changes";
    private Visitors visitors;
    private EndedConversations ended;
    private ProducerTemplate routes;
    private ScheduledExecutorService thread;
    private volatile Announcer announcer;
    private volatile ServerChannel channel;
    private volatile boolean failed;
    private boolean blind;

    public LivePage() {
        setSecurityPolicy(new PagePolicy());
        setExtensions(List.of(new NoExtensions()));
    }

    /** The address at which a reverse proxy is asked for the page; empty if there is none. Needs a secret. */
    public void setPublicUrl(String publicUrl) {
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
    }

    /** The header in which the reverse proxy says who its user is. */
    public void setUserHeader(String userHeader) {
        this.userHeader = userHeader;
    }

    /** What the reverse proxy sends in the header X-IMSession-Secret; nobody is served then who does not send it. */
    public void setSecret(String secret) {
        this.secret = secret;
    }

    /** The endpoint that publishes to the channel of changes. */
    public void setChanges(String changes) {
        this.changes = changes;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        visitors = new Visitors(publicUrl, userHeader, secret);
        routes = getCamelContext().createProducerTemplate();
        ThreadPoolProfile oneByOne = new ThreadPoolProfile("im-live-ended");
        oneByOne.setPoolSize(1);
        oneByOne.setMaxPoolSize(1);
        oneByOne.setMaxQueueSize(MOST_QUESTIONS);
        oneByOne.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        ended = new EndedConversations(getCamelContext(), getCamelContext().getExecutorServiceManager()
                .newThreadPool(this, "im-live-ended", oneByOne));
        thread = getCamelContext().getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "im-live");
        announcer = new Announcer(thread, this::pages);
        AgentWatch agents = new AgentWatch(getCamelContext(), state);
        thread.execute(() -> look(agents));
    }

    /** Looks how the agents are, again and again. */
    private void look(AgentWatch agents) {
        long next = LOOK_AGAIN_MILLIS;
        try {
            next = agents.look();
            blind = false;
        } catch (RuntimeException e) {
            if (!blind) {
                LOG.warn("The live page does not show how the agents are", e);
            }
            blind = true;
        }
        Timers.after(thread, next, () -> look(agents));
    }

    private int pages() {
        ServerChannel heard = channel;
        return heard == null ? 0 : heard.getSubscribers().size();
    }

    @Override
    protected void doStop() throws Exception {
        announcer = null;
        getCamelContext().getExecutorServiceManager().shutdownNow(thread);
        ended.close();
        routes.stop();
        super.doStop();
    }

    /** Takes an event in. Whatever is wrong here is no reason to keep it from the others. */
    @Override
    public void process(Exchange exchange) {
        try {
            state.hear(Heard.of(exchange.getMessage()));
            failed = false;
        } catch (RuntimeException e) {
            if (!failed) {
                LOG.warn("An event is not shown on the live page; all else goes on", e);
            }
            failed = true;
        }
    }

    private void changed() {
        Announcer current = announcer;
        if (current != null) {
            current.wake(state, this::publish);
        }
    }

    private void publish(Map<String, Object> news) {
        if (getCamelContext().getStatus().isStarted()) {
            routes.sendBody(changes, news);
        }
    }

    @Override
    public void connect(CometdProducerConsumer user) throws Exception {
        URI address = user.getEndpoint().getUri();
        if (!LOOPBACK.contains(String.valueOf(address.getHost()))) {
            throw new IllegalArgumentException("The live page is for this machine only, and cannot be bound to "
                    + address.getHost() + ": use 127.0.0.1, and a reverse proxy for others (page Live of the manual)");
        }
        super.connect(new CometdProducerConsumer() {
            @Override
            public CometdEndpoint getEndpoint() {
                return user.getEndpoint();
            }

            @Override
            public void setBayeux(BayeuxServerImpl bayeux) {
                open(bayeux);
                user.setBayeux(bayeux);
            }
        });
    }

    private void open(BayeuxServer bayeux) {
        channel = bayeux.createChannelIfAbsent(PagePolicy.CHANGES, made -> made.setPersistent(true)).getReference();
        PageQuestions questions = new PageQuestions(bayeux, state, visitors, ended);
        for (String question : PagePolicy.QUESTIONS) {
            bayeux.createChannelIfAbsent(question, made -> {
                made.setPersistent(true);
                made.addListener(questions);
            });
        }
        bayeux.addListener(new SlowPages(bayeux));
    }

    @Override
    protected CometDServlet createServletForConnector(Server server, CometdEndpoint endpoint) throws Exception {
        CometDServlet servlet = super.createServletForConnector(server, endpoint);
        ServletContextHandler context = (ServletContextHandler) server.getHandler();
        // camel-cometd's own baseResource=classpath: takes what is in a jar, and no folder of classes
        context.setBaseResource(ResourceFactory.of(server).newClassLoaderResource(PAGE));
        FilterHolder guard = new FilterHolder(new PageGuard(visitors));
        guard.setAsyncSupported(true);
        context.addFilter(guard, "/*", EnumSet.of(DispatcherType.REQUEST));
        for (ServletHolder holder : context.getServletHandler().getServlets()) {
            holder.setInitParameter("allowedTransports", "long-polling"); // the others are open to other sites
            holder.setInitParameter("maxQueue", String.valueOf(SlowPages.MOST_WAITING));
            holder.setInitParameter("maxMessageSize", "16384");
            holder.setInitParameter("maxSessionsPerBrowser", "4"); // tabs; a browser has six connections to a host
            holder.setInitParameter("browserCookieSameSite", "Strict");
            holder.setInitParameter("dirAllowed", "false");
        }
        return servlet;
    }
}
