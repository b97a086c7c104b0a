package org.imsession.camel.position;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imsession.camel.bayeux.SessionPosition;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.json.MalformedMessageException;
import org.imsession.camel.text.Sha256;

/**
 * A feed as it is kept for the next process: one line of text, a checksum in front, so that a torn or flipped one is
 * found out.
 *
 * @param agent    the login name
 * @param server   the server
 * @param position where the Bayeux session stood; its id is empty if the session cannot be resumed
 * @param cookies  name and value of the cookies of the login; secret
 * @param routes   how far each subscriber is
 * @param version  counts what was kept for that agent and server, whoever kept it
 */
public record SavedPosition(String agent, String server, SessionPosition position, Map<String, String> cookies,
                    List<RouteMark> routes, long version) {

    private static final IMSessionJson JSON = new IMSessionJson();
    private static final int CHECKSUM_BYTES = 8;
    /**
     * Of what is written. The second one had one mark for all subscribers; the first one had no number, and two moments
     * in the place of one.
     */
    private static final int FORMAT = 3;
    private static final int OF_ONE_MARK = 2;
    private static final int FIRST_NAME = 12;

    /** The position, if the session can be resumed. */
    public Optional<SessionPosition> resumable() {
        return position.clientId().isEmpty() ? Optional.empty() : Optional.of(position);
    }

    public String encode() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("format", FORMAT);
        members.put("version", version);
        members.put("agent", agent);
        members.put("server", server);
        members.put("clientId", position.clientId());
        members.put("session", position.name());
        members.put("batch", position.batch());
        members.put("end", position.end());
        members.put("settled", position.settled().toString());
        members.put("routes", routes.stream().map(route ->
                List.of(route.name(), route.since().toString(), route.owed())).toList());
        List<Object> jar = new ArrayList<>();
        cookies.forEach((name, value) -> jar.add(List.of(name, value)));
        members.put("cookies", jar);
        String json = new String(JSON.writeBytes(members), StandardCharsets.UTF_8);
        return checksum(json) + " " + json;
    }

    /**
     * @throws IllegalArgumentException if the text is not what {@link #encode} made of a feed of that agent and server
     */
    public static SavedPosition decode(String text, String agent, String server) {
        int blank = text.indexOf(' ');
        if (blank < 0 || !checksum(text.substring(blank + 1)).equals(text.substring(0, blank))) {
            throw new IllegalArgumentException("its checksum is wrong");
        }
        try {
            Map<String, Object> members = JSON.readObject(text.substring(blank + 1).getBytes(StandardCharsets.UTF_8));
            if (!agent.equals(members.get("agent")) || !server.equals(members.get("server"))) {
                throw new IllegalArgumentException("it belongs to another agent or server");
            }
            Map<String, String> cookies = new LinkedHashMap<>();
            for (Object cookie : (List<?>) members.get("cookies")) {
                cookies.put((String) ((List<?>) cookie).get(0), (String) ((List<?>) cookie).get(1));
            }
            long format = members.containsKey("format") ? number(members, "format") : 1;
            if (format < 1 || format > FORMAT) {
                throw new IllegalArgumentException("it is of another version");
            }
            Instant settled = Instant.parse((String) members.get("settled"));
            Instant untold = format > 1 ? settled : Instant.parse((String) members.get("untold"));
            Instant since = RouteMark.earlier(settled, untold);
            return new SavedPosition(agent, server, new SessionPosition((String) members.get("clientId"),
                    format == 1 && !members.containsKey("session") ? firstName(members) : (String) members.get("session"),
                    number(members, "batch"), number(members, "end"), since), cookies,
                    format == FORMAT ? routes((List<?>) members.get("routes")) : List.of(new RouteMark(RouteMark.ANYBODY,
                            since, format == OF_ONE_MARK ? (Boolean) members.get("owed") : untold.isBefore(Instant.MAX))),
                    format == 1 ? 0 : number(members, "version"));
        } catch (MalformedMessageException | ClassCastException | NullPointerException | IndexOutOfBoundsException
                 | DateTimeException e) {
            throw new IllegalArgumentException("it is of another version");
        }
    }

    private static List<RouteMark> routes(List<?> texts) {
        List<RouteMark> routes = new ArrayList<>();
        for (Object text : texts) {
            List<?> route = (List<?>) text;
            routes.add(new RouteMark((String) route.get(0), Instant.parse((String) route.get(1)), (Boolean) route.get(2)));
        }
        return routes;
    }

    /** The sequences of a session that is taken up must go on as they began. */
    private static String firstName(Map<String, Object> members) {
        return checksum((String) members.get("clientId")).substring(0, FIRST_NAME);
    }

    private static long number(Map<String, Object> members, String name) {
        return ((Number) members.get(name)).longValue();
    }

    private static String checksum(String json) {
        return Sha256.hex(json, CHECKSUM_BYTES);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return agent + " at " + server + ", " + position + ", settled until " + position.settled();
    }
}
