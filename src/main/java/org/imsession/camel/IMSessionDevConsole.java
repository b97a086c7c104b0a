package org.imsession.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.imsession.camel.feed.AgentFeed;
import org.imsession.camel.feed.FeedStatus;
import org.imsession.camel.fleet.TeamStatus;

/**
 * Shows every feed of the context: who, where, what state, since when, why; and of each route that nodes share, whether
 * this node leads or stands by.
 */
@DevConsole(name = "imsession", displayName = "IM Session", description = "Feeds of Genesys agents")
public class IMSessionDevConsole extends AbstractDevConsole {

    public IMSessionDevConsole() {
        super("camel", "imsession", "IM Session", "Feeds of Genesys agents");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        for (FeedStatus status : statuses()) {
            text.append(AgentLine.of(status)).append('\n');
        }
        services().forEach((server, services) -> text.append("server=").append(server).append(" services: ")
                .append(services).append('\n'));
        for (IMSessionConsumer consumer : teams()) {
            TeamStatus status = consumer.status();
            text.append("team=").append(consumer.getEndpoint().getAgent()).append(" route=")
                    .append(consumer.getRouteId()).append(" agents=").append(status.agents().size())
                    .append(' ').append(status.byState());
            if (!consumer.getDirectoryProblem().isEmpty()) {
                text.append(" directory: ").append(consumer.getDirectoryProblem());
            }
            text.append('\n');
            consumer.getRejectedEntries().forEach(entry -> text.append("  ").append(entry).append('\n'));
        }
        for (ClusterRoute shared : ClusterRoute.all(getCamelContext())) {
            text.append("route=").append(shared.route().getRouteId()).append(" follows=")
                    .append(shared.endpoint().getAgent()).append(" role=").append(shared.role()).append('\n');
        }
        return text.toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray feeds = new JsonArray();
        for (FeedStatus status : statuses()) {
            JsonObject feed = new JsonObject();
            feed.put("agent", status.agent());
            feed.put("server", status.server());
            feed.put("state", status.state().name());
            feed.put("since", status.since().toString());
            feed.put("reason", status.reason());
            feed.put("attempts", status.attempts());
            feed.put("deliveryGuarantee", status.guarantee().label());
            status.lastEventAt().ifPresent(last -> feed.put("lastEvent", last.toString()));
            feed.put("received", status.received());
            feed.put("pending", status.pending());
            feed.put("repeated", status.repeated());
            feed.put("foreign", status.foreign());
            feed.put("gaps", status.gaps());
            feed.put("reconnects", status.reconnects());
            feed.put("resynchronised", !status.unrepaired());
            feed.put("resumable", status.resumable());
            feeds.add(feed);
        }
        JsonObject root = new JsonObject();
        root.put("feeds", feeds);
        root.put("services", new JsonObject(services()));
        root.put("teams", teamsAsJson());
        root.put("shared", sharedAsJson());
        return root;
    }

    private JsonArray sharedAsJson() {
        JsonArray all = new JsonArray();
        for (ClusterRoute shared : ClusterRoute.all(getCamelContext())) {
            JsonObject one = new JsonObject();
            one.put("route", shared.route().getRouteId());
            one.put("follows", shared.endpoint().getAgent());
            one.put("role", shared.role());
            all.add(one);
        }
        return all;
    }

    private JsonArray teamsAsJson() {
        JsonArray all = new JsonArray();
        for (IMSessionConsumer consumer : teams()) {
            JsonObject team = new JsonObject();
            team.put("team", consumer.getEndpoint().getAgent());
            team.put("route", consumer.getRouteId());
            team.put("agents", consumer.getAgents());
            JsonObject states = new JsonObject();
            consumer.status().byState().forEach((state, count) -> states.put(state.name(), count));
            team.put("states", states);
            team.put("directoryProblem", consumer.getDirectoryProblem());
            team.put("rejectedEntries", new JsonArray(consumer.getRejectedEntries()));
            all.add(team);
        }
        return all;
    }

    /** Of routes, and those that follow for a route which nodes share. */
    private List<IMSessionConsumer> teams() {
        Stream<IMSessionConsumer> own = getCamelContext().getRoutes().stream().map(Route::getConsumer)
                .filter(IMSessionConsumer.class::isInstance).map(IMSessionConsumer.class::cast);
        return Stream.concat(own, ClusterRoute.all(getCamelContext()).stream()
                        .flatMap(shared -> shared.following().stream()))
                .filter(consumer -> consumer.getEndpoint().getAgents() != null).toList();
    }

    /** Of each server that is watched, which are not active, or that all are. */
    private Map<String, String> services() {
        Map<String, String> services = new TreeMap<>();
        components().forEach(component -> services.putAll(component.fleet().services()));
        return services;
    }

    private List<IMSessionComponent> components() {
        return getCamelContext().getComponentNames().stream().map(name -> getCamelContext().hasComponent(name))
                .filter(IMSessionComponent.class::isInstance).map(IMSessionComponent.class::cast)
                .filter(component -> component.getStatus().isStarted()).toList();
    }

    /** Of all feeds, and of all agents who have none because their entry cannot be used. */
    private List<FeedStatus> statuses() {
        List<FeedStatus> statuses = new ArrayList<>();
        components().forEach(component ->
                component.fleet().feeds().stream().map(AgentFeed::status).forEach(statuses::add));
        teams().forEach(consumer -> consumer.team().ifPresent(team -> statuses.addAll(team.notFollowed())));
        return statuses;
    }
}
