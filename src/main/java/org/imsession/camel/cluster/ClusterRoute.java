package org.imsession.camel.cluster;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Route;
import org.apache.camel.support.PluginHelper;
import org.imsession.camel.fleet.FollowedTeam;

/**
 * A route from {@code master:}, whose own consumer makes one of ours while this node leads, and ends it when another
 * does.
 *
 * @param route    the route
 * @param followed the agent or team that the node follows while it leads
 * @param running  the consumers that run
 */
public record ClusterRoute(Route route, String followed, Supplier<Collection<Follower>> running) {

    /** The consumer that follows now, if this node leads and it has started: until then it knows of no agent. */
    public Optional<Follower> follower() {
        return running.get().stream().filter(each -> !each.consumer().isStarting())
                .filter(each -> each.consumer().getProcessor() == route.getProcessor()).findFirst();
    }

    /** Whom this node follows now, if it leads. */
    public Optional<FollowedTeam> following() {
        return follower().map(Follower::team);
    }

    /** Whether the cluster has chosen this node. */
    public boolean leads() {
        return Boolean.TRUE.equals(PluginHelper.getBeanIntrospection(route.getCamelContext())
                .getOrElseProperty(route.getConsumer(), "master", false, false));
    }

    /** {@code leader} or {@code standby}. */
    public String role() {
        return leads() ? "leader" : "standby";
    }
}
