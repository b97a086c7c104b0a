package org.imsession.camel;

import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.support.PluginHelper;

/**
 * A route from {@code master:}, whose own consumer makes one of ours while this node leads, and ends it when another
 * does. Known by what Camel's API says of it, so that camel-master need not be there.
 *
 * @param route    the route
 * @param endpoint what the node follows while it leads
 */
record ClusterRoute(Route route, IMSessionEndpoint endpoint) {

    /** That route, if it is one of those. */
    static Optional<ClusterRoute> of(Route route) {
        Endpoint endpoint = route.getEndpoint();
        while (endpoint instanceof DelegateEndpoint delegate) {
            endpoint = delegate.getEndpoint();
        }
        return endpoint instanceof IMSessionEndpoint ours && !(route.getConsumer() instanceof IMSessionConsumer)
                ? Optional.of(new ClusterRoute(route, ours)) : Optional.empty();
    }

    /** All of a context. */
    static List<ClusterRoute> all(CamelContext context) {
        return context.getRoutes().stream().flatMap(route -> of(route).stream()).toList();
    }

    /** The route that a consumer works for, if it was made for one; two may share an endpoint, none a processor. */
    static Optional<ClusterRoute> of(IMSessionConsumer consumer) {
        return all(consumer.getEndpoint().getCamelContext()).stream()
                .filter(each -> each.route().getProcessor() == consumer.getProcessor()).findFirst();
    }

    /** The consumer that follows now, if this node leads and it has started: until then it knows of no agent. */
    Optional<IMSessionConsumer> following() {
        return endpoint.getComponent().running().stream().filter(consumer -> !consumer.isStarting())
                .filter(consumer -> consumer.getProcessor() == route.getProcessor()).findFirst();
    }

    /** Whether the cluster has chosen this node. */
    boolean leads() {
        return Boolean.TRUE.equals(PluginHelper.getBeanIntrospection(route.getCamelContext())
                .getOrElseProperty(route.getConsumer(), "master", false, false));
    }

    /** {@code leader} or {@code standby}. */
    String role() {
        return leads() ? "leader" : "standby";
    }
}
