package org.imsession.camel.bayeux;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.common.HashMapMessage;

/**
 * A Bayeux message that keeps its content to itself, because CometD prints messages, and with them client ids, at
 * DEBUG; and that cannot make the client stumble: CometD casts members to the type the protocol gives them.
 */
final class Reply extends HashMapMessage {

    private static final long serialVersionUID = 1L;
    /** Of no other channel is a reply awaited, and CometD fails on what is not even a channel. */
    private static final Set<String> CHANNELS = Set.of(Channel.META_HANDSHAKE, Channel.META_SUBSCRIBE,
            Channel.META_CONNECT, Channel.META_UNSUBSCRIBE, Channel.META_DISCONNECT);
    private static final String OTHER_CHANNEL = "/meta/unknown";
    /** CometD's client counts its requests. */
    private static final Pattern ID = Pattern.compile("\\d{1,18}");
    private static final Set<String> RECONNECTS = Set.of(Message.RECONNECT_RETRY_VALUE,
            Message.RECONNECT_HANDSHAKE_VALUE, Message.RECONNECT_NONE_VALUE);
    /** The longest wait between two connects that a server may order. */
    private static final long MAX_INTERVAL_MILLIS = 60_000;
    /** The longest time that a server may hold a connect; CometD's default is 30 s. */
    private static final long MAX_TIMEOUT_MILLIS = 600_000;
    /** Of any agent; not changed by anybody. */
    private static volatile Map<String, Object> lastAdvice = Map.of();

    /** What the server answered to the handshake of a session that exists, as far as the client needs it. */
    static Reply toResumedHandshake(String id, String clientId) {
        Reply reply = new Reply();
        reply.setChannel(Channel.META_HANDSHAKE);
        reply.setId(id);
        reply.setClientId(clientId);
        reply.setSuccessful(true);
        reply.put(SUPPORTED_CONNECTION_TYPES_FIELD, List.of("long-polling"));
        reply.put(EXT_FIELD, Map.of("ack", true));
        return reply;
    }

    /** Removes members of a wrong type or content, and brings the advice into bounds. */
    void mend() {
        if (!(get(CHANNEL_FIELD) instanceof String channel && CHANNELS.contains(channel))) {
            put(CHANNEL_FIELD, OTHER_CHANNEL);
        }
        if (!(get(ID_FIELD) instanceof String id && ID.matcher(id).matches())) {
            remove(ID_FIELD);
        }
        removeUnless(CLIENT_ID_FIELD, String.class);
        removeUnless(ERROR_FIELD, String.class);
        removeUnless(SUBSCRIPTION_FIELD, String.class);
        removeUnless(SUCCESSFUL_FIELD, Boolean.class);
        removeUnless(SUPPORTED_CONNECTION_TYPES_FIELD, List.class);
        removeUnless(EXT_FIELD, Map.class);
        removeUnless(ADVICE_FIELD, Map.class);
        remove("x-messages"); // events are taken out before CometD could count them
        if (get(ADVICE_FIELD) instanceof Map<?, ?> advice) {
            put(ADVICE_FIELD, mended(advice));
        }
        if (Channel.META_HANDSHAKE.equals(getChannel()) && isSuccessful()
                && (getClientId() == null || get(SUPPORTED_CONNECTION_TYPES_FIELD) == null)) {
            put(SUCCESSFUL_FIELD, false);
            put(ERROR_FIELD, "400::the handshake reply has no client id or no transport");
        }
    }

    private void removeUnless(String name, Class<?> type) {
        if (!type.isInstance(get(name))) {
            remove(name);
        }
    }

    /** A server says the same to all agents, and the client of each keeps it. */
    private static Map<String, Object> mended(Map<?, ?> advice) {
        Map<String, Object> mended = new LinkedHashMap<>();
        if (advice.get(Message.RECONNECT_FIELD) instanceof String reconnect
                && RECONNECTS.contains(reconnect)) {
            mended.put(Message.RECONNECT_FIELD, reconnect);
        }
        clamp(advice, Message.INTERVAL_FIELD, MAX_INTERVAL_MILLIS, mended);
        clamp(advice, Message.TIMEOUT_FIELD, MAX_TIMEOUT_MILLIS, mended);
        clamp(advice, Message.MAX_INTERVAL_FIELD, MAX_TIMEOUT_MILLIS, mended);
        if (Boolean.TRUE.equals(advice.get("multiple-clients"))) {
            mended.put("multiple-clients", true);
        }
        Map<String, Object> known = lastAdvice;
        if (known.equals(mended)) {
            return known;
        }
        Map<String, Object> shared = Collections.unmodifiableMap(mended);
        lastAdvice = shared;
        return shared;
    }

    private static void clamp(Map<?, ?> advice, String name, long maximum, Map<String, Object> mended) {
        if (advice.get(name) instanceof Number number) {
            mended.put(name, Math.max(0, Math.min(maximum, number.longValue())));
        }
    }

    /** The batch number in {@code ext.ack}, negative if there is none. */
    long batch() {
        if (!(get(EXT_FIELD) instanceof Map<?, ?> ext)) {
            return -1;
        }
        Object ack = ext.get("ack");
        if (ack instanceof Map<?, ?> enabled) {
            ack = enabled.get("batch");
        }
        return ack instanceof Number number ? number.longValue() : -1;
    }

    /** Whether a handshake reply says that the server keeps events until they are acknowledged. */
    boolean acknowledges() {
        if (!(get(EXT_FIELD) instanceof Map<?, ?> ext)) {
            return false;
        }
        Object ack = ext.get("ack");
        return Boolean.TRUE.equals(ack) || ack instanceof Map<?, ?> enabled
                && Boolean.TRUE.equals(enabled.get("enabled"));
    }

    @Override
    public String toString() {
        return getChannel() + "#" + getId();
    }
}
