package org.imsession.camel.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultConsumer;

/**
 * The routes from {@code master:} over the endpoints of one component. Known by what Camel's API says of them, so that
 * camel-master need not be there.
 */
public final class ClusterRoutes {

    private final Supplier<CamelContext> context;
    private final Function<Endpoint, Optional<String>> followed;
    private final Supplier<Collection<Follower>> running;

    /**
     * @param context  where the routes are
     * @param followed whom an endpoint of the component follows; empty if it is none of the component's
     * @param running  the consumers of the component that run
     */
    public ClusterRoutes(Supplier<CamelContext> context, Function<Endpoint, Optional<String>> followed,
                         Supplier<Collection<Follower>> running) {
        this.context = context;
        this.followed = followed;
        this.running = running;
    }

    /** That route, if it is one of those. */
    public Optional<ClusterRoute> of(Route route) {
        Endpoint endpoint = route.getEndpoint();
        while (endpoint instanceof DelegateEndpoint delegate) {
            endpoint = delegate.getEndpoint();
        }
        Consumer consumer = route.getConsumer();
        return consumer != null && consumer.getEndpoint() == endpoint ? Optional.empty()
                : followed.apply(endpoint).map(name -> new ClusterRoute(route, name, running));
    }

    /** All of the context. */
    public List<ClusterRoute> all() {
        return context.get().getRoutes().stream().flatMap(route -> of(route).stream()).toList();
    }

    /** The route that a consumer works for, if it was made for one; two may share an endpoint, none a processor. */
    public Optional<ClusterRoute> of(DefaultConsumer consumer) {
        return all().stream().filter(each -> each.route().getProcessor() == consumer.getProcessor()).findFirst();
    }
}
