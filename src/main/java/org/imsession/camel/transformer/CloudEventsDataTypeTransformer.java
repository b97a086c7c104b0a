package org.imsession.camel.transformer;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.IMSessionNotification;

/**
 * The body as a CloudEvent 1.0 in structured JSON (cloudevents.io, JSON event format), in bytes of UTF-8:
 * <ul>
 * <li>{@code id}: the sequence of the event, so that source and id are the same when it is delivered again; without
 * one, the id of the exchange</li>
 * <li>{@code source}: {@code imsession://<host[:port]>/<agent>}</li>
 * <li>{@code type}: {@code org.imsession.<messageType>} as in {@code data}</li>
 * <li>{@code subject}: the id of the session, if there is one</li>
 * <li>{@code time}: when the event was received</li>
 * <li>{@code dataschema}: {@code urn:imsession:schema:1:<type of the notification>}, the {@code $id} of a JSON Schema
 * in the folder {@code org/imsession/camel/schema} of this jar</li>
 * <li>{@code data}: the canonical JSON of the notification</li>
 * </ul>
 */
@DataTypeTransformer(name = "imsession:application-cloudevents",
                     description = "Transforms a notification of an IM session to a CloudEvent in structured JSON")
public final class CloudEventsDataTypeTransformer extends Transformer {

    private static final IMSessionJson JSON = new IMSessionJson();
    /** With the major version of the schemas (manual, upgrading). */
    private static final String SCHEMAS = "urn:imsession:schema:1:";

    // the names of org.imsession.camel.IMSessionConstants, which is above this package
    static final String SEQUENCE = "CamelIMSessionSequence";
    static final String SERVER_URL = "CamelIMSessionServerUrl";
    static final String AGENT = "CamelIMSessionAgent";

    /** @throws Exception if the body is neither a notification nor its JSON */
    @Override
    public void transform(Message message, DataType from, DataType to) throws Exception {
        IMSessionNotification notification = message.getMandatoryBody(IMSessionNotification.class);
        message.setBody(JSON.writeBytes(event(message, notification)));
        message.setHeader(Exchange.CONTENT_TYPE, "application/cloudevents+json");
    }

    private static Map<String, Object> event(Message message, IMSessionNotification notification) {
        String sequence = message.getHeader(SEQUENCE, String.class);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", isBlank(sequence) ? message.getExchange().getExchangeId() : sequence);
        event.put("source", source(message));
        Map<String, Object> data = JSON.toMap(notification);
        event.put("type", "org.imsession." + data.getOrDefault("messageType", "UnknownMessage"));
        if (!notification.sessionId().isEmpty()) {
            event.put("subject", notification.sessionId());
        }
        event.put("time", received(message).toString());
        event.put("datacontenttype", "application/json");
        event.put("dataschema", SCHEMAS + notification.getClass().getSimpleName());
        event.put("data", data);
        return event;
    }

    private static String source(Message message) {
        String agent = message.getHeader(AGENT, "", String.class);
        return "imsession://" + authority(message.getHeader(SERVER_URL, "", String.class)) + '/'
                + URLEncoder.encode(agent, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Host and port of an address, without a user in front of them; empty where there are none. */
    private static String authority(String address) {
        try {
            String authority = URI.create(address).getRawAuthority();
            return authority == null ? "" : authority.substring(authority.lastIndexOf('@') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Instant received(Message message) {
        long timestamp = message.getMessageTimestamp();
        return Instant.ofEpochMilli(timestamp > 0 ? timestamp : message.getExchange().getClock().getCreated());
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
