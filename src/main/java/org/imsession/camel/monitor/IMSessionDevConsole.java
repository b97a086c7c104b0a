package org.imsession.camel.monitor;

import java.time.Instant;
import java.util.Map;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.imsession.camel.cluster.ClusterRoute;
import org.imsession.camel.fleet.FollowedTeam;
import org.imsession.camel.fleet.TeamStatus;
import org.imsession.camel.recovery.UndeliveredEvent;
import org.imsession.camel.status.FeedStatus;
import org.imsession.camel.text.ForPeople;

/**
 * Shows every feed of the context: who, where, what state, since when, why; and of each route that nodes share, whether
 * this node leads or stands by.
 */
@DevConsole(name = "imsession", displayName = "IM Session", description = "Feeds of Genesys agents")
public class IMSessionDevConsole extends AbstractDevConsole {

    public IMSessionDevConsole() {
        super("camel", "imsession", "IM Session", "Feeds of Genesys agents");
    }

    private FollowedFeeds followed() {
        return FollowedFeeds.of(getCamelContext());
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        for (FeedStatus status : followed().statuses()) {
            text.append(status.summary()).append('\n');
        }
        Instant now = Instant.now();
        for (FollowedTeam route : followed().followed()) {
            route.undelivered().forEach(each -> text.append("route=").append(route.routeId()).append(' ')
                    .append(each.summary(now)).append('\n'));
        }
        followed().services().forEach((server, services) -> text.append("server=").append(server)
                .append(" services: ").append(services).append('\n'));
        for (FollowedTeam team : followed().teams()) {
            TeamStatus status = team.status();
            text.append("team=").append(team.name()).append(" route=").append(team.routeId()).append(" agents=")
                    .append(status.agents().size()).append(' ').append(status.byState());
            if (!team.directoryProblem().isEmpty()) {
                text.append(" directory: ").append(team.directoryProblem());
            }
            text.append('\n');
            team.rejectedEntries().forEach(entry -> text.append("  ").append(entry).append('\n'));
        }
        for (ClusterRoute shared : followed().shared()) {
            text.append("route=").append(shared.route().getRouteId()).append(" follows=")
                    .append(shared.followed()).append(" role=").append(shared.role()).append('\n');
        }
        return text.toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray feeds = new JsonArray();
        for (FeedStatus status : followed().statuses()) {
            JsonObject feed = new JsonObject();
            feed.put("agent", status.agent());
            feed.put("server", status.server());
            feed.put("state", status.state().name());
            feed.put("since", ForPeople.second(status.since()));
            status.silentSince().ifPresent(silent ->
                    feed.put("silentSince", ForPeople.second(silent)));
            feed.put("reason", status.reason());
            feed.put("attempts", status.attempts());
            feed.put("deliveryGuarantee", status.guarantee().label());
            status.lastEventAt().ifPresent(last -> feed.put("lastEvent",
                    ForPeople.second(last)));
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
        root.put("undelivered", undeliveredAsJson());
        root.put("services", new JsonObject(followed().services()));
        root.put("teams", teamsAsJson());
        root.put("shared", sharedAsJson());
        return root;
    }

    private JsonArray undeliveredAsJson() {
        JsonArray all = new JsonArray();
        for (FollowedTeam route : followed().followed()) {
            for (UndeliveredEvent each : route.undelivered()) {
                JsonObject event = new JsonObject();
                event.put("route", route.routeId());
                event.put("agent", each.agent());
                event.put("sequence", each.sequence());
                event.put("since", each.since().toString());
                event.put("attempts", each.attempts());
                event.put("reason", each.reason());
                all.add(event);
            }
        }
        return all;
    }

    private JsonArray sharedAsJson() {
        JsonArray all = new JsonArray();
        for (ClusterRoute shared : followed().shared()) {
            JsonObject one = new JsonObject();
            one.put("route", shared.route().getRouteId());
            one.put("follows", shared.followed());
            one.put("role", shared.role());
            all.add(one);
        }
        return all;
    }

    private JsonArray teamsAsJson() {
        JsonArray all = new JsonArray();
        for (FollowedTeam followed : followed().teams()) {
            JsonObject team = new JsonObject();
            team.put("team", followed.name());
            team.put("route", followed.routeId());
            team.put("agents", followed.status().agents().size());
            JsonObject states = new JsonObject();
            followed.status().byState().forEach((state, count) -> states.put(state.name(), count));
            team.put("states", states);
            team.put("directoryProblem", followed.directoryProblem());
            team.put("rejectedEntries", new JsonArray(followed.rejectedEntries()));
            all.add(team);
        }
        return all;
    }
}
