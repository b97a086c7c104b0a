package org.imsession.camel.monitor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.imsession.camel.cluster.ClusterRoute;
import org.imsession.camel.cluster.ClusterRoutes;
import org.imsession.camel.fleet.FollowedTeam;
import org.imsession.camel.status.FeedStatus;

/** What is followed in a Camel context by all components of ours that run there. Safe for any thread. */
public final class FollowedFeeds {

    private final CamelContext context;
    private final Map<Object, Source> sources = new ConcurrentHashMap<>();

    private FollowedFeeds(CamelContext context) {
        this.context = context;
    }

    /**
     * What one component follows.
     *
     * @param feeds  how each feed is doing
     * @param services of each server that is watched, which services are not active, or that all are
     * @param teams whom a consumer follows; empty if it is none of the component's
     * @param shared the routes of the component that nodes share
     */
    public record Source(Supplier<List<FeedStatus>> feeds, Supplier<Map<String, String>> services,
                         Function<Consumer, Optional<FollowedTeam>> teams, ClusterRoutes shared) {
    }

    /** The one of a context. */
    public static FollowedFeeds of(CamelContext context) {
        synchronized (FollowedFeeds.class) {
            FollowedFeeds found = context.getCamelContextExtension().getContextPlugin(FollowedFeeds.class);
            if (found == null) {
                found = new FollowedFeeds(context);
                context.getCamelContextExtension().addContextPlugin(FollowedFeeds.class, found);
            }
            return found;
        }
    }

    /** A component runs. */
    public void add(Object component, Source source) {
        sources.put(component, source);
    }

    /** A component does not run any more. */
    public void remove(Object component) {
        sources.remove(component);
    }

    /** Of all feeds, and of all agents who have none because their entry cannot be used. */
    public List<FeedStatus> statuses() {
        List<FeedStatus> statuses = new ArrayList<>();
        sources.values().forEach(source -> statuses.addAll(source.feeds().get()));
        teams().forEach(each -> each.team().ifPresent(team -> statuses.addAll(team.notFollowed())));
        return statuses;
    }

    /** Of each server that is watched, which services are not active, or that all are. */
    Map<String, String> services() {
        Map<String, String> services = new TreeMap<>();
        sources.values().forEach(source -> services.putAll(source.services().get()));
        return services;
    }

    /** The teams of routes, and those that are followed for a route which nodes share. */
    List<FollowedTeam> teams() {
        return followed().stream().filter(FollowedTeam::isTeam).toList();
    }

    /** Whom routes follow, of those that nodes share as well: teams, and agents alone. */
    List<FollowedTeam> followed() {
        return sources.values().stream().flatMap(source -> Stream.concat(
                        context.getRoutes().stream().map(Route::getConsumer).map(source.teams()).flatMap(Optional::stream),
                        source.shared().all().stream().map(ClusterRoute::following).flatMap(Optional::stream)))
                .toList();
    }

    /** The routes that nodes share. */
    List<ClusterRoute> shared() {
        return sources.values().stream().map(Source::shared).map(ClusterRoutes::all).flatMap(Collection::stream)
                .toList();
    }
}
