package org.imsession.camel;

import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;

/**
 * Names of the headers of an {@code imsession:} exchange. All of ours begin with {@code CamelIMSession}, so that
 * Camel's header filters keep them off the wire; nothing that a server sends ever becomes the name of a header. Values
 * are text, numbers or booleans, for JMS and HTTP drop anything else without a word.
 */
public final class IMSessionConstants {

    @Metadata(label = "consumer", javaType = "String",
              description = "The messageType as the server sent it, such as IMLogUpdateMessage; FeedGap for a gap,"
                            + " empty if the server sent none.")
    public static final String MESSAGE_TYPE = "CamelIMSessionMessageType";

    @Metadata(label = "consumer", javaType = "String",
              description = "The notificationType as the server sent it, such as StatusChange; absent if it sent none.")
    public static final String NOTIFICATION_TYPE = "CamelIMSessionNotificationType";

    @Metadata(label = "common", javaType = "String",
              description = "The id of the IM session; set by a consumer, and by a producer that knows which one it"
                            + " was. Not read by a producer.")
    public static final String ID = "CamelIMSessionId";

    @Metadata(label = "consumer", javaType = "String",
              description = "The resource path of the IM session, /im-sessions/ and its id.")
    public static final String PATH = "CamelIMSessionPath";

    @Metadata(label = "consumer", javaType = "String", enums = "INITIATING,ALERTING,TALKING,COMPLETED,UNKNOWN",
              description = "The state of the IM session; only with a state change. UNKNOWN for one that is not"
                            + " documented, whose text is in the body.")
    public static final String STATE = "CamelIMSessionState";

    @Metadata(label = "consumer", javaType = "String", enums = "INITIATING,ALERTING,TALKING,COMPLETED,UNKNOWN",
              description = "The state that the route has last seen of this IM session; absent if it saw none.")
    public static final String PREVIOUS_STATE = "CamelIMSessionPreviousState";

    @Metadata(label = "common", javaType = "String",
              description = "The login name of the agent whose session this is.")
    public static final String AGENT = "CamelIMSessionAgent";

    @Metadata(label = "common", javaType = "String",
              description = "The login name of the agent as a flat file name that is safe on every file system;"
                            + " different agents have different names.")
    public static final String AGENT_FILE_NAME = "CamelIMSessionAgentFileName";

    @Metadata(label = "consumer", javaType = "String",
              description = "The address of the server as configured, without user and password.")
    public static final String SERVER_URL = "CamelIMSessionServerUrl";

    @Metadata(label = "consumer", javaType = "String", enums = "live,replay,redelivered,snapshot,gap",
              description = "Where the body comes from: live and redelivered are notifications, snapshot is a state"
                            + " read after a new subscription, gap is a FeedGap; replay stands for live with the option"
                            + " replay.")
    public static final String ORIGIN = "CamelIMSessionOrigin";

    @Metadata(label = "consumer", javaType = "String",
              description = "The position of the event in the feed, unique, and the same again when the event is"
                            + " delivered again; fit for an idempotent consumer.")
    public static final String SEQUENCE = "CamelIMSessionSequence";

    @Metadata(label = "consumer", javaType = "String",
              description = "A name for the Bayeux session in which the event has a number, no secret; absent if it has"
                            + " none, as gaps and snapshots.")
    public static final String BAYEUX_SESSION = "CamelIMSessionBayeuxSession";

    @Metadata(label = "consumer", javaType = "Long",
              description = "The number of the event among all that the server queued in its Bayeux session, from 0; a"
                            + " number that never comes was filtered, or lies in a gap.")
    public static final String NUMBER = "CamelIMSessionNumber";

    @Metadata(label = "consumer", javaType = "Long",
              description = "How many numbers right before this one are of events of other channels, for which there is"
                            + " no exchange; absent if none is.")
    public static final String FILTERED = "CamelIMSessionFiltered";

    @Metadata(label = "consumer", javaType = "Boolean",
              description = "Whether the event may have been delivered before.")
    public static final String REDELIVERED = "CamelIMSessionRedelivered";

    @Metadata(label = "consumer", javaType = "String", enums = "at-least-once,at-most-once",
              description = "The guarantee negotiated with the server, under which this event was received.")
    public static final String DELIVERY_GUARANTEE = "CamelIMSessionDeliveryGuarantee";

    @Metadata(label = "consumer", javaType = "String",
              description = "The id of the IM session as a flat file name that is safe on every file system; different"
                            + " ids give different names.")
    public static final String FILE_NAME = "CamelIMSessionFileName";

    @Metadata(label = "consumer", javaType = "Boolean",
              description = "Whether id, path and uri of the session disagree; the id counts.")
    public static final String IDENTITY_MISMATCH = "CamelIMSessionIdentityMismatch";

    @Metadata(label = "consumer", javaType = "String",
              description = "What does not fit the life of a session, such as a message after Completed; absent if"
                            + " all fits.")
    public static final String ANOMALY = "CamelIMSessionAnomaly";

    @Metadata(label = "consumer", javaType = "String",
              description = "Why the body is an UnknownMessage: the place in the JSON and what is wrong there; absent"
                            + " if it is well-formed.")
    public static final String INVALID_REASON = "CamelIMSessionInvalidReason";

    @Metadata(label = "consumer", javaType = "String",
              description = "The latest gap before this event, as the JSON of a FeedGap, with the option gaps=header.")
    public static final String GAP = "CamelIMSessionGap";

    @Metadata(label = "consumer", javaType = "String", enums = "outbound,inbound,unknown",
              description = "Whose text a message is, as far as that can be known: outbound if it is one that was sent"
                            + " with this login, unknown if nothing was ever sent with it, else inbound.")
    public static final String DIRECTION = "CamelIMSessionDirection";

    @Metadata(label = "producer", javaType = "String",
              description = "The operation to perform, such as sendMessage or SendMessage, as far as"
                            + " allowFromHeaders lets it.")
    public static final String OPERATION = "CamelIMSessionOperation";

    @Metadata(label = "producer", javaType = "String",
              description = "The id of the IM session to operate on, as far as allowFromHeaders lets it. Never set by a"
                            + " consumer, which tells the id in CamelIMSessionId.")
    public static final String TARGET_ID = "CamelIMSessionTargetId";

    @Metadata(label = "producer", javaType = "String",
              description = "The number to call or to send to, as far as allowFromHeaders lets it.")
    public static final String DESTINATION = "CamelIMSessionDestination";

    @Metadata(label = "producer", javaType = "String",
              description = "The device to act from, /devices/ and its id, as far as allowFromHeaders lets it.")
    public static final String DEVICE_PATH = "CamelIMSessionDevicePath";

    @Metadata(label = "producer", javaType = "String",
              description = "The key of the user data to delete, instead of the body, as far as allowFromHeaders lets"
                            + " it.")
    public static final String USER_DATA_KEY = "CamelIMSessionUserDataKey";

    @Metadata(label = "consumer", javaType = "Long",
              description = "When the event was received, in milliseconds since 1970-01-01T00:00Z.")
    public static final String MESSAGE_TIMESTAMP = Exchange.MESSAGE_TIMESTAMP;

    private IMSessionConstants() {
    }
}
