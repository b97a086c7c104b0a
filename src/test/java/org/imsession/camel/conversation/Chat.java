package org.imsession.camel.conversation;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.NotificationType;
import org.imsession.camel.model.Participant;
import org.imsession.camel.model.SessionState;
import org.imsession.camel.model.UnknownMessage;

/** The rows of an IM session as a database has them, for the agents alice (5001) and bob (5002). */
public final class Chat {

    public static final String SERVER = "https://gws.example.com";
    public static final Instant BEGUN = Instant.parse("2026-11-28T17:20:03Z");
    private static final IMSessionJson JSON = new IMSessionJson();

    private final String session;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final List<Map<String, Object>> gaps = new ArrayList<>();
    private final List<Map<String, Object>> holes = new ArrayList<>();
    private Map<String, Object> userData = Map.of();
    private Participant other = party("5002");
    private Instant now = BEGUN;
    private String zone = "UTC";
    private String bayeux = "ea7b3f27c24c";

    private Chat(String session) {
        this.session = session;
    }

    public static Chat of(String session) {
        return new Chat(session);
    }

    /** Live, from the invitation to the end, with one text of alice. */
    public static Chat whole() {
        return of("007MDF3D0KAHL93L807GK2LAES00003B").state("Initiating").after(4).state("Talking").after(22)
                .says("alice", "outbound", "Green it is").after(600).state("Completed");
    }

    public static Participant party(String number) {
        return new Participant(number, "", number, number, Map.of());
    }

    /** Names the Bayeux session of what follows. */
    public Chat in(String name) {
        bayeux = name;
        return this;
    }

    public Chat with(Participant party) {
        other = party;
        return this;
    }

    public Chat data(Map<String, Object> data) {
        userData = data;
        return this;
    }

    public Chat at(String moment) {
        now = Instant.parse(moment);
        return this;
    }

    public Chat after(long seconds) {
        now = now.plusSeconds(seconds);
        return this;
    }

    public Chat zone(String name) {
        zone = name;
        return this;
    }

    public Chat state(String state) {
        return state(state, "live");
    }

    public Chat state(String state, String origin) {
        return state("alice", state, origin);
    }

    public Chat state(String agent, String state, String origin) {
        return change(agent, state, origin, NotificationType.STATUS_CHANGE);
    }

    public Chat attached() {
        return change("alice", "Talking", "live", NotificationType.ATTACHED_DATA_CHANGED);
    }

    private Chat change(String agent, String state, String origin, NotificationType type) {
        Participant seen = agent.equals("alice") ? other : party("5001");
        return row(agent, origin, null, new IMSessionStateChangeMessage(type, type.wireName(),
                new IMSession(session, SessionState.of(state), state, userData, List.of(seen), List.of(),
                        "/im-sessions/" + session, "", Map.of()), Map.of(), ""));
    }

    public Chat says(String agent, String direction, String text) {
        return row(agent, "live", direction, new IMLogUpdateMessage(NotificationType.NEW_MESSAGE, "NewMessage",
                "/im-sessions/" + session, text, Map.of(), ""));
    }

    public Chat unknown(String agent) {
        return row(agent, "live", null, new UnknownMessage("NewKind", session, "message: missing", Map.of(), "{}"));
    }

    private Chat row(String agent, String origin, String direction, IMSessionNotification notification) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("server", SERVER);
        row.put("agent", agent);
        row.put("session_id", session);
        row.put("sequence", bayeux + "-" + rows.stream().filter(each -> each.get("agent").equals(agent)).count());
        row.put("received_at", OffsetDateTime.ofInstant(now, ZoneOffset.ofHours(1)));
        row.put("origin", origin);
        row.put("direction", direction);
        row.put("json", JSON.write(notification));
        rows.add(row);
        return this;
    }

    public Chat gap(String agent, String from, String to) {
        return gap(new FeedGap(agent, Instant.parse(from), Instant.parse(to), FeedGap.Reason.SESSION_LOST,
                FeedGap.Certainty.POSSIBLE, "gws.example.com no longer knows the session (402::session_unknown)"));
    }

    public Chat gap(FeedGap gap) {
        gaps.add(Map.of("agent", gap.agent(), "from_at", gap.from().toEpochMilli(), "to_at", Timestamp.from(gap.to()),
                "reason", gap.reason().name(), "certainty", gap.certainty().name(), "detail", gap.detail()));
        return this;
    }

    public Chat hole(String agent) {
        holes.add(Map.of("agent", agent));
        return this;
    }

    /** What retention has left of the last row. */
    public Chat removed() {
        rows.get(rows.size() - 1).put("json", null);
        return this;
    }

    public List<Map<String, Object>> rows() {
        return rows;
    }

    /** The exchange behind the builder. */
    public Exchange exchange(String agent) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(rows);
        exchange.getMessage().setHeader(IMSessionConstants.AGENT, agent);
        exchange.getMessage().setHeader(ConversationBuilder.GAPS, gaps);
        exchange.getMessage().setHeader(ConversationBuilder.HOLES, holes);
        ConversationBuilder builder = new ConversationBuilder();
        builder.setZone(zone);
        builder.process(exchange);
        return exchange;
    }

    public IMConversation built() {
        return exchange("alice").getMessage().getBody(IMConversation.class);
    }

    public IMConversation asHeardBy(String agent) {
        return exchange(agent).getMessage().getBody(IMConversation.class);
    }
}
