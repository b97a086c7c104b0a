package org.imsession.camel;

import static org.imsession.camel.options.OptionBound.DAY;
import static org.imsession.camel.options.OptionBound.HOUR;
import static org.imsession.camel.options.OptionBound.MIB;
import static org.imsession.camel.options.OptionBound.MINUTE;
import static org.imsession.camel.options.OptionBound.SECOND;
import static org.imsession.camel.options.OptionBound.number;
import static org.imsession.camel.options.OptionBound.time;

import java.util.List;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.imsession.camel.options.OptionBound;
import org.imsession.camel.spi.AgentCredentials;

/** The options of the component and of its endpoints. Durations are in milliseconds where Java sets them. */
@UriParams
@Configurer
public class IMSessionConfiguration implements Cloneable {

    /** Which of the two documented messages a consumer delivers. */
    public enum MessageTypes { all, stateChange, logUpdate }

    /** What the body of an exchange is. */
    public enum BodyType { typed, json, map }

    /** What becomes of a message that breaks the documented format. */
    public enum InvalidMessages { route, exceptionHandler }

    /** How a gap is told to the route. */
    public enum Gaps { exchange, header, count }

    @UriParam(label = "common", description = "Address of the GWS server, such as https://gws.example.com:8443; must be"
            + " set, here or for the component.")
    private String serverUrl;
    @UriParam(label = "security", description = "Login name to log in with; by default the agent of the endpoint.")
    private String username;
    @UriParam(label = "security", description = "File that holds the password of the agent and nothing else, in UTF-8,"
            + " such as a mounted secret; a line end behind it does not count. Read before each login.")
    private String passwordFile;
    @UriParam(label = "security", secret = true, description = "Password of the agent, or #property: and the name of a"
            + " property that holds it. An address changes some characters of a password that is written in it: prefer"
            + " passwordFile.")
    private String password;
    @UriParam(label = "security", description = "Where credentials come from instead of username and password: a token"
            + " source, a vault. Asked before each login.")
    private AgentCredentials credentials;
    @UriParam(label = "common,advanced", defaultValue = "/api/v2", description = "Path of the REST API on the server.")
    private String apiPath = "/api/v2";
    @UriParam(label = "common,advanced", description = "Path of the CometD servlet on the server; by default the"
            + " apiPath followed by /notifications.")
    private String notificationsPath;
    @UriParam(label = "consumer,advanced", defaultValue = "/v2/me/im-sessions",
              description = "The CometD channel to subscribe to.")
    private String topic = "/v2/me/im-sessions";

    @UriParam(label = "consumer", defaultValue = "all", description = "Which messages to deliver: all, stateChange, or"
            + " logUpdate. Gaps are always delivered, and so is a message that breaks the documented format, unless it"
            + " says that it is of the other type; types that are not documented only with all.")
    private MessageTypes messageTypes = MessageTypes.all;
    @UriParam(label = "consumer", defaultValue = "typed", description = "The body of an exchange: typed for the classes"
            + " of org.imsession.camel.model, json for the JSON text as received, map for nested maps.")
    private BodyType bodyType = BodyType.typed;
    @UriParam(label = "consumer", defaultValue = "route", description = "What becomes of a message that breaks the"
            + " documented format: route delivers it as UnknownMessage with its raw text, exceptionHandler hands it as"
            + " IMSessionInvalidMessageException to the exception handler of the consumer.")
    private InvalidMessages invalidMessages = InvalidMessages.route;
    @UriParam(label = "consumer", defaultValue = "exchange", description = "How a gap in the feed is told: exchange for"
            + " an exchange of its own with a FeedGap as body, header for the header CamelIMSessionGap on the next"
            + " exchange, count for the log, health and JMX only.")
    private Gaps gaps = Gaps.exchange;
    @UriParam(label = "consumer", defaultValue = "true", description = "Whether an exchange that failed and was not"
            + " handled by the error handler of the route counts as ended. If not, it is delivered again after a"
            + " back-off, and everything behind it waits.")
    private boolean ackFailed = true;
    @UriParam(label = "consumer,advanced", defaultValue = "true", description = "Whether to ask the server to keep"
            + " events until they are acknowledged (CometD's ack extension).")
    private boolean acknowledge = true;
    @UriParam(label = "consumer", defaultValue = "1000", description = "How many events of an agent may wait in memory,"
            + " for all its routes together. Beyond it they stay on a server that acknowledges; on another they are"
            + " lost and reported as a gap.")
    private int maxPending = 1000;
    @UriParam(label = "consumer", defaultValue = "5000", javaType = "java.time.Duration", description = "How long a"
            + " connect to the server is held back at most while the route is at work. Must be shorter than the"
            + " maxInterval of the server, which is 10 seconds by default; less is used if the server tells a shorter"
            + " one.")
    private long keepAlive = 5000;
    @UriParam(label = "consumer", defaultValue = "16777216", description = "The largest message, and the largest sum of"
            + " messages in one answer, in bytes. A larger message is skipped and reported as a gap.")
    private int maxMessageSize = 16 * 1024 * 1024;
    @UriParam(label = "consumer,advanced", defaultValue = "64", description = "How deep the JSON of a message may be"
            + " nested.")
    private int maxNestingDepth = 64;
    @UriParam(label = "consumer,advanced", defaultValue = "8388608", description = "The longest text inside a message,"
            + " in characters.")
    private int maxTextLength = 8 * 1024 * 1024;
    @UriParam(label = "consumer,advanced", defaultValue = "10000", description = "How many members an object or list"
            + " inside a message may have.")
    private int maxMembers = 10_000;

    @UriParam(label = "common", defaultValue = "10000", javaType = "java.time.Duration", description = "How long making"
            + " a connection may take.")
    private long connectTimeout = 10_000;
    @UriParam(label = "common", defaultValue = "15000", javaType = "java.time.Duration", description = "How long a"
            + " server may be silent: until its answer to a request begins, for a connect that it holds beyond the time"
            + " it is held, and between two pieces of the answer. An answer on a slow line may take longer as a whole.")
    private long requestTimeout = 15_000;
    @UriParam(label = "common,advanced", defaultValue = "600000", javaType = "java.time.Duration", description = "How"
            + " long an answer may take from its beginning to its end.")
    private long answerTimeout = 600_000;
    @UriParam(label = "common,advanced", defaultValue = "65536", description = "The largest head of a request, in bytes:"
            + " address, cookies and the token of a credential. A larger one is not sent, and told with its size and what"
            + " is large in it.")
    private int maxRequestHeadSize = 64 * 1024;
    @UriParam(label = "consumer", defaultValue = "1000", javaType = "java.time.Duration", description = "The delay"
            + " before the first attempt to reconnect.")
    private long reconnectDelay = 1000;
    @UriParam(label = "consumer", defaultValue = "30000", javaType = "java.time.Duration", description = "The longest"
            + " delay between two attempts to reconnect; after a feed was live, no delay is longer than a quarter of the"
            + " outage, or than reconnectDelay.")
    private long reconnectDelayMax = 30_000;
    @UriParam(label = "consumer", defaultValue = "2", description = "By how much each delay exceeds the one before it.")
    private double reconnectMultiplier = 2;
    @UriParam(label = "consumer", defaultValue = "1", description = "The part of each delay that is left to chance,"
            + " from 0 (none) to 1 (all of it), so that agents do not reconnect in step.")
    private double reconnectJitter = 1;
    @UriParam(label = "consumer", defaultValue = "300000", javaType = "java.time.Duration", description = "How long a"
            + " parked agent rests: before credentials that were refused are sent a second and last time unchanged, and"
            + " between two logins of one who has not the right to use instant messages.")
    private long parkedRetryInterval = 300_000;
    @UriParam(label = "consumer", defaultValue = "3600000", javaType = "java.time.Duration", description = "How often"
            + " what lasts is said again in the log, with since when: an agent who receives nothing, a service that is"
            + " down, a position that cannot be kept. 0 for never.")
    private long remindEvery = 3_600_000;
    @UriParam(label = "consumer", defaultValue = "true", description = "Whether to watch the services behind the server,"
            + " once for each server and process: a subscription to /notifications/services in the session of one live"
            + " agent, and GET /services. One that is not active is told by a health detail and a log line. For a server"
            + " that has neither, nothing changes.")
    private boolean watchServices = true;
    @UriParam(label = "consumer", defaultValue = "false", description = "Whether the time for which the voice service is"
            + " not active, without which no instant message travels, is told as a gap when it is active again.")
    private boolean serviceGaps;
    @UriParam(label = "consumer", description = "Keeps where the feed stands, so that the next start, of this process"
            + " or another, goes on with the same session on the server: a FilePositionRepository, or any"
            + " StateRepository of texts.")
    private StateRepository<String, String> stateRepository;
    @UriParam(label = "consumer", defaultValue = "false", description = "Whether to log the agent in to channels of the"
            + " contact center once subscribed (StartContactCenterSession). The session is never ended by us.")
    private boolean startContactCenterSession;
    @UriParam(label = "consumer", defaultValue = "voice", description = "Comma-separated channels to log in to, if"
            + " startContactCenterSession is set.")
    private String channels = "voice";
    @UriParam(label = "consumer", description = "The place to log in at, if startContactCenterSession is set; by"
            + " default that of the agent.")
    private String place;
    @UriParam(label = "consumer", defaultValue = "false", description = "Whether the start of the route waits until the"
            + " subscription is confirmed, and fails if it is not.")
    private boolean testConnectionOnStartup;
    @UriParam(label = "consumer,advanced", defaultValue = "5000", javaType = "java.time.Duration", description = "How"
            + " long stopping waits for the server to hear of it, for all agents of a team together.")
    private long stopTimeout = 5000;
    @UriParam(label = "consumer,security", defaultValue = "false", description = "Whether a file of agents may be used"
            + " that other users of the machine can read. One that they can write is never used.")
    private boolean allowReadableAgentsFile;
    @UriParam(label = "consumer,advanced", defaultValue = "1000", javaType = "java.time.Duration", description = "How"
            + " often a file of agents is looked at. A change counts when it looks the same twice.")
    private long agentsCheckInterval = 1000;
    @UriParam(label = "consumer", defaultValue = "90", description = "How many percent of the agents of a team must be"
            + " live for its health check to be UP.")
    private int minLiveAgents = 90;
    @UriParam(label = "consumer", defaultValue = "5", description = "How many of the agents that are not live the"
            + " health check of a team names, the worst first.")
    private int healthNames = 5;
    @UriParam(label = "consumer", defaultValue = "60000", javaType = "java.time.Duration", description = "After this time"
            + " an event that the route has been given and has not taken, because a sink fails or hangs, makes the health"
            + " check DOWN.")
    private long undeliveredLimit = 60_000;
    @UriParam(label = "consumer,advanced", defaultValue = "false", description = "Whether there are Micrometer meters"
            + " for each agent, too, with its name as tag: many, where agents are many.")
    private boolean metersPerAgent;

    @UriParam(label = "producer", enums = "initiate,sendMessage,attachUserData,updateUserData,deleteUserData,complete,"
            + "listSessions,getSession,listDevices", description = "The operation to perform; the documented names of"
            + " GWS, such as SendMessage, are understood as well. Or by the header CamelIMSessionOperation.")
    private String operation;
    @UriParam(label = "producer", description = "The id of the IM session to operate on. Or by the header"
            + " CamelIMSessionTargetId.")
    private String sessionId;
    @UriParam(label = "producer", description = "The number to call or to send to. Or by the header"
            + " CamelIMSessionDestination. A text goes to the other party of its session by default.")
    private String destination;
    @UriParam(label = "producer", description = "The device to act from, /devices/ and its id. Or by the header"
            + " CamelIMSessionDevicePath. By default the agent's device, if there is only one.")
    private String devicePath;
    @UriParam(label = "producer,security", description = "Which parts of a request headers may say, also against an"
            + " option: all, none, or some of operation, sessionId, destination, devicePath, userDataKey. By default"
            + " what no option says; a header that contradicts an option fails the exchange.")
    private String allowFromHeaders;
    @UriParam(label = "consumer,advanced", defaultValue = "false", description = "Whether the server replays a recording:"
            + " the header CamelIMSessionOrigin is then replay where it would be live. The server cannot say so itself.")
    private boolean replay;
    @UriParam(label = "common,advanced", defaultValue = "false", description = "Whether the spans of a tracer name the"
            + " agent, as user.name.")
    private boolean traceAgent;
    @UriParam(label = "producer", defaultValue = "false", description = "Whether an operation is over only when the"
            + " server has told what it caused, which becomes the body; otherwise when the server has accepted it.")
    private boolean waitForEvent;
    @UriParam(label = "producer", defaultValue = "30000", javaType = "java.time.Duration", description = "How long to"
            + " wait for that notification at most.")
    private long waitTimeout = 30_000;

    @UriParam(label = "security", description = "TLS: trust store, key store, protocols. By default the JVM's trust"
            + " store; host names are always checked.")
    private SSLContextParameters sslContextParameters;
    @UriParam(label = "security", defaultValue = "false", description = "Whether TLS settings are used that accept any"
            + " certificate (camel.ssl.trustAllCertificates, a trust manager that trusts all), so that whoever answers gets"
            + " the password. For test systems; said at WARN for as long as it is so.")
    private boolean allowAnyCertificate;
    @UriParam(label = "proxy", description = "Host of an HTTP proxy.")
    private String proxyHost;
    @UriParam(label = "proxy", description = "Port of the HTTP proxy.")
    private int proxyPort;
    @UriParam(label = "proxy,security", description = "User name for the HTTP proxy.")
    private String proxyUsername;
    @UriParam(label = "proxy,security", secret = true, description = "Password for the HTTP proxy.")
    private String proxyPassword;

    /** A copy that can be changed by itself. */
    public IMSessionConfiguration copy() {
        try {
            return (IMSessionConfiguration) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getServerUrl() {
        return serverUrl;
    }

    public void setServerUrl(String serverUrl) {
        this.serverUrl = serverUrl;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getPasswordFile() {
        return passwordFile;
    }

    public void setPasswordFile(String passwordFile) {
        this.passwordFile = passwordFile;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public AgentCredentials getCredentials() {
        return credentials;
    }

    public void setCredentials(AgentCredentials credentials) {
        this.credentials = credentials;
    }

    public String getApiPath() {
        return apiPath;
    }

    public void setApiPath(String apiPath) {
        this.apiPath = apiPath;
    }

    public String getNotificationsPath() {
        return notificationsPath;
    }

    public void setNotificationsPath(String notificationsPath) {
        this.notificationsPath = notificationsPath;
    }

    public String getTopic() {
        return topic;
    }

    public void setTopic(String topic) {
        this.topic = topic;
    }

    public MessageTypes getMessageTypes() {
        return messageTypes;
    }

    public void setMessageTypes(MessageTypes messageTypes) {
        this.messageTypes = messageTypes;
    }

    public BodyType getBodyType() {
        return bodyType;
    }

    public void setBodyType(BodyType bodyType) {
        this.bodyType = bodyType;
    }

    public InvalidMessages getInvalidMessages() {
        return invalidMessages;
    }

    public void setInvalidMessages(InvalidMessages invalidMessages) {
        this.invalidMessages = invalidMessages;
    }

    public boolean isAckFailed() {
        return ackFailed;
    }

    public void setAckFailed(boolean ackFailed) {
        this.ackFailed = ackFailed;
    }

    public boolean isAcknowledge() {
        return acknowledge;
    }

    public void setAcknowledge(boolean acknowledge) {
        this.acknowledge = acknowledge;
    }

    public int getMaxPending() {
        return maxPending;
    }

    public void setMaxPending(int maxPending) {
        this.maxPending = maxPending;
    }

    public long getKeepAlive() {
        return keepAlive;
    }

    public void setKeepAlive(long keepAlive) {
        this.keepAlive = keepAlive;
    }

    public int getMaxMessageSize() {
        return maxMessageSize;
    }

    public void setMaxMessageSize(int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    public int getMaxNestingDepth() {
        return maxNestingDepth;
    }

    public void setMaxNestingDepth(int maxNestingDepth) {
        this.maxNestingDepth = maxNestingDepth;
    }

    public int getMaxTextLength() {
        return maxTextLength;
    }

    public void setMaxTextLength(int maxTextLength) {
        this.maxTextLength = maxTextLength;
    }

    public int getMaxMembers() {
        return maxMembers;
    }

    public void setMaxMembers(int maxMembers) {
        this.maxMembers = maxMembers;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public long getAnswerTimeout() {
        return answerTimeout;
    }

    public void setAnswerTimeout(long answerTimeout) {
        this.answerTimeout = answerTimeout;
    }

    public int getMaxRequestHeadSize() {
        return maxRequestHeadSize;
    }

    public void setMaxRequestHeadSize(int maxRequestHeadSize) {
        this.maxRequestHeadSize = maxRequestHeadSize;
    }

    public long getReconnectDelay() {
        return reconnectDelay;
    }

    public void setReconnectDelay(long reconnectDelay) {
        this.reconnectDelay = reconnectDelay;
    }

    public long getReconnectDelayMax() {
        return reconnectDelayMax;
    }

    public void setReconnectDelayMax(long reconnectDelayMax) {
        this.reconnectDelayMax = reconnectDelayMax;
    }

    public double getReconnectMultiplier() {
        return reconnectMultiplier;
    }

    public void setReconnectMultiplier(double reconnectMultiplier) {
        this.reconnectMultiplier = reconnectMultiplier;
    }

    public double getReconnectJitter() {
        return reconnectJitter;
    }

    public void setReconnectJitter(double reconnectJitter) {
        this.reconnectJitter = reconnectJitter;
    }

    public boolean isWatchServices() {
        return watchServices;
    }

    public void setWatchServices(boolean watchServices) {
        this.watchServices = watchServices;
    }

    public boolean isServiceGaps() {
        return serviceGaps;
    }

    public void setServiceGaps(boolean serviceGaps) {
        this.serviceGaps = serviceGaps;
    }

    public long getParkedRetryInterval() {
        return parkedRetryInterval;
    }

    public void setParkedRetryInterval(long parkedRetryInterval) {
        this.parkedRetryInterval = parkedRetryInterval;
    }

    public long getRemindEvery() {
        return remindEvery;
    }

    public void setRemindEvery(long remindEvery) {
        this.remindEvery = remindEvery;
    }

    public boolean isReplay() {
        return replay;
    }

    public void setReplay(boolean replay) {
        this.replay = replay;
    }

    public boolean isTraceAgent() {
        return traceAgent;
    }

    public void setTraceAgent(boolean traceAgent) {
        this.traceAgent = traceAgent;
    }

    public boolean isStartContactCenterSession() {
        return startContactCenterSession;
    }

    public void setStartContactCenterSession(boolean startContactCenterSession) {
        this.startContactCenterSession = startContactCenterSession;
    }

    public String getChannels() {
        return channels;
    }

    public void setChannels(String channels) {
        this.channels = channels;
    }

    public String getPlace() {
        return place;
    }

    public void setPlace(String place) {
        this.place = place;
    }

    public boolean isTestConnectionOnStartup() {
        return testConnectionOnStartup;
    }

    public void setTestConnectionOnStartup(boolean testConnectionOnStartup) {
        this.testConnectionOnStartup = testConnectionOnStartup;
    }

    public long getStopTimeout() {
        return stopTimeout;
    }

    public void setStopTimeout(long stopTimeout) {
        this.stopTimeout = stopTimeout;
    }

    public boolean isAllowAnyCertificate() {
        return allowAnyCertificate;
    }

    public void setAllowAnyCertificate(boolean allowAnyCertificate) {
        this.allowAnyCertificate = allowAnyCertificate;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public int getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(int proxyPort) {
        this.proxyPort = proxyPort;
    }

    public String getProxyUsername() {
        return proxyUsername;
    }

    public void setProxyUsername(String proxyUsername) {
        this.proxyUsername = proxyUsername;
    }

    public String getProxyPassword() {
        return proxyPassword;
    }

    public void setProxyPassword(String proxyPassword) {
        this.proxyPassword = proxyPassword;
    }

    public StateRepository<String, String> getStateRepository() {
        return stateRepository;
    }

    public void setStateRepository(StateRepository<String, String> stateRepository) {
        this.stateRepository = stateRepository;
    }

    public Gaps getGaps() {
        return gaps;
    }

    public void setGaps(Gaps gaps) {
        this.gaps = gaps;
    }

    public String getOperation() {
        return operation;
    }

    public void setOperation(String operation) {
        this.operation = operation;
    }

    public String getSessionId() {
        return sessionId;
    }

    public void setSessionId(String sessionId) {
        this.sessionId = sessionId;
    }

    public String getDestination() {
        return destination;
    }

    public void setDestination(String destination) {
        this.destination = destination;
    }

    public String getDevicePath() {
        return devicePath;
    }

    public void setDevicePath(String devicePath) {
        this.devicePath = devicePath;
    }

    public String getAllowFromHeaders() {
        return allowFromHeaders;
    }

    public void setAllowFromHeaders(String allowFromHeaders) {
        this.allowFromHeaders = allowFromHeaders;
    }

    public boolean isWaitForEvent() {
        return waitForEvent;
    }

    public void setWaitForEvent(boolean waitForEvent) {
        this.waitForEvent = waitForEvent;
    }

    public long getWaitTimeout() {
        return waitTimeout;
    }

    public void setWaitTimeout(long waitTimeout) {
        this.waitTimeout = waitTimeout;
    }

    public boolean isAllowReadableAgentsFile() {
        return allowReadableAgentsFile;
    }

    public void setAllowReadableAgentsFile(boolean allowReadableAgentsFile) {
        this.allowReadableAgentsFile = allowReadableAgentsFile;
    }

    public long getAgentsCheckInterval() {
        return agentsCheckInterval;
    }

    public void setAgentsCheckInterval(long agentsCheckInterval) {
        this.agentsCheckInterval = agentsCheckInterval;
    }

    public int getMinLiveAgents() {
        return minLiveAgents;
    }

    public void setMinLiveAgents(int minLiveAgents) {
        this.minLiveAgents = minLiveAgents;
    }

    public int getHealthNames() {
        return healthNames;
    }

    public void setHealthNames(int healthNames) {
        this.healthNames = healthNames;
    }

    public long getUndeliveredLimit() {
        return undeliveredLimit;
    }

    public void setUndeliveredLimit(long undeliveredLimit) {
        this.undeliveredLimit = undeliveredLimit;
    }

    public boolean isMetersPerAgent() {
        return metersPerAgent;
    }

    public void setMetersPerAgent(boolean metersPerAgent) {
        this.metersPerAgent = metersPerAgent;
    }

    /** The least and the greatest of each whole number and duration, and what it is now. */
    List<OptionBound> bounds() {
        return List.of(
                number("maxPending", 1, 1_000_000, maxPending),
                number("maxMessageSize", 64, 1024 * MIB, maxMessageSize),
                number("maxRequestHeadSize", 8 * 1024, MIB, maxRequestHeadSize),
                number("maxNestingDepth", 4, 1000, maxNestingDepth),
                number("maxTextLength", 1, 1024 * MIB, maxTextLength),
                number("maxMembers", 1, 10_000_000, maxMembers),
                number("minLiveAgents", 1, 100, minLiveAgents),
                number("healthNames", 0, 1000, healthNames),
                number("proxyPort", 1, 65_535, proxyHost == null && proxyPort == 0 ? 1 : proxyPort),
                time("keepAlive", 10, 5 * MINUTE, keepAlive),
                time("connectTimeout", 100, 10 * MINUTE, connectTimeout),
                time("requestTimeout", 100, 10 * MINUTE, requestTimeout),
                time("answerTimeout", SECOND, DAY, answerTimeout),
                time("reconnectDelay", 50, HOUR, reconnectDelay),
                time("reconnectDelayMax", 50, DAY, reconnectDelayMax),
                time("parkedRetryInterval", SECOND, 7 * DAY, parkedRetryInterval),
                time("remindEvery", 0, 7 * DAY, remindEvery),
                time("stopTimeout", 1, 10 * MINUTE, stopTimeout),
                time("agentsCheckInterval", 100, DAY, agentsCheckInterval),
                time("undeliveredLimit", 100, DAY, undeliveredLimit),
                time("waitTimeout", 1, DAY, waitTimeout));
    }
}
