package org.imsession.simulator.redaction;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of a value is kept, by the kind of its member; the rest is replaced. Beyond the words of the protocol itself
 * nothing
 * is kept that has the name of an agent in it, or a secret.
 */
final class KeptWords implements JsonRedaction.Rules {

    private static final Pattern WORD = Pattern.compile(" ?[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}");
    private static final Pattern CHANNEL = Pattern.compile("/(?:meta|v2|notifications)(?:/[A-Za-z0-9*_-]{1,40}){1,6}");
    private static final Pattern MACHINE_MADE = Pattern.compile("(?=.*\\d)(?=.*[A-Za-z])[A-Za-z0-9_-]{16,64}");
    private static final Pattern ADDRESS = Pattern.compile("(https?://)([^/]*)(.*)", Pattern.DOTALL);
    private static final Set<String> VALUES = Set.of("IMSessionStateChangeMessage", "IMLogUpdateMessage",
            "StatusChange",
            "AttachedDataChanged", "NewMessage", "Initiating", "Alerting", "Talking", "Completed", "Complete",
            "AttachUserData", "DeleteUserData", "UpdateUserData", "SendMessage", "retry", "handshake", "none",
            "long-polling", "Active", "Inactive", "Voice", "voice", "ServiceStateChangeMessage", "/v2/me/im-sessions",
            "/notifications/services", "/meta/handshake", "/meta/connect", "/meta/subscribe", "/meta/unsubscribe",
            "/meta/disconnect");
    private static final Set<String> SEGMENTS = Set.of("", "api", "v2", "me", "im-sessions", "devices", "users",
            "features",
            "calls", "services", "voice-environments", "diagnostics", "version", "notifications",
            "handshake", "connect", "subscribe", "unsubscribe", "disconnect",
            "api-voice-instant-messaging");
    private static final Set<String> ERROR_WORDS = Set.of(("unknown client session session_unknown handshake denied"
            + " handshake_denied handshake_failed failed create_denied subscribe_denied publish_denied channel_missing"
            + " channel_invalid channel_not_allowed subscription_missing subscription_invalid access missing or invalid"
            + " csrf token resource not found method allowed internal error state permission unauthorized timeout"
            + " missing_channel").split(" "));
    private static final int SHORTEST_NAME = 3;
    private static final int MOST_NAMES = 20_000;

    private final Replacements replacements;
    private final Map<String, Boolean> names = new NewestOnes<>(MOST_NAMES);

    KeptWords(Replacements replacements) {
        this.replacements = replacements;
    }

    void neverKeep(String name) {
        if (name.length() >= SHORTEST_NAME) {
            names.put(name.toLowerCase(Locale.ROOT), true);
        }
        replacements.never(name);
    }

    @Override
    public String name(String name) {
        return replacements.of(name);
    }

    @Override
    public String digits(Members member, String number) {
        return member == Members.COUNT ? number : replacements.of(number);
    }

    @Override
    public String text(Members member, String value) {
        if (member == null) {
            return replacements.of(value);
        }
        return switch (member) {
            case WORD -> VALUES.contains(value.strip()) ? value : WORD.matcher(value).matches() && isNobody(value) ?
                    value : replacements.of(value);
            case CHANNEL -> VALUES.contains(value) ? value : CHANNEL.matcher(value).matches() && isNobody(value) ?
                    value : path(value);
            case ID -> id(value);
            case PATH -> path(value);
            case ERROR -> error(value);
            default -> replacements.of(value);
        };
    }

    private boolean isNobody(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return names.keySet().stream().noneMatch(lower::contains);
    }

    private String id(String value) {
        return SEGMENTS.contains(value) || MACHINE_MADE.matcher(value).matches() && isNobody(value) ? value
                : replacements.of(value);
    }

    String path(String value) {
        Matcher address = ADDRESS.matcher(value);
        if (address.matches()) {
            return address.group(1) + replacements.of(address.group(2)) + path(address.group(3));
        }
        int query = value.indexOf('?');
        if (query >= 0) {
            return path(value.substring(0, query)) + "?" + replacements.of(value.substring(query + 1));
        }
        return Arrays.stream(value.split("/", -1)).map(this::segment).collect(Collectors.joining("/"));
    }

    /** As the id that it is when it is written without percent signs. */
    private String segment(String segment) {
        if (segment.indexOf('%') < 0) {
            return id(segment);
        }
        try {
            String decoded = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            return URLEncoder.encode(id(decoded), StandardCharsets.UTF_8).replace("+", "%20");
        } catch (IllegalArgumentException e) {
            return replacements.of(segment);
        }
    }

    /** Such as {@code 402::Unknown client}. */
    private String error(String value) {
        return Arrays.stream(value.split(":", -1)).map(part -> part.matches("\\d{1,3}") || isOfTheProtocol(part) ? part
                : replacements.of(part)).collect(Collectors.joining(":"));
    }

    private static boolean isOfTheProtocol(String part) {
        return Arrays.stream(part.toLowerCase(Locale.ROOT).split("[ .]")).allMatch(each -> each.isEmpty()
                || ERROR_WORDS.contains(each));
    }
}
