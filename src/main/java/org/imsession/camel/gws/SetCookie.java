package org.imsession.camel.gws;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.SetCookieParser;

/**
 * Reads a {@code Set-Cookie} field by Jetty's parser, as RFC 6265, 5.2 wants it: an attribute that cannot be read costs
 * that attribute. Jetty drops the whole cookie for it, and with a session cookie the login; it also keeps the dot in
 * front of a domain, and takes a negative {@code Max-Age} for none. So each attribute is looked at before.
 */
public final class SetCookie {

    private static final SetCookieParser PARSER = SetCookieParser.newInstance();
    private static final int LONGEST_AGE = 9;
    /** Of any agent; not changed by anybody. */
    private static volatile Map<String, String> lastAttributes = Map.of();

    /** As Jetty's, which has attributes of its own. */
    private record Kept(String name, String value, Map<String, String> attributes) implements HttpCookie {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getValue() {
            return value;
        }

        @Override
        public int getVersion() {
            return 0;
        }

        @Override
        public Map<String, String> getAttributes() {
            return attributes;
        }

        @Override
        public int hashCode() {
            return HttpCookie.hashCode(this);
        }

        @Override
        public boolean equals(Object other) {
            return HttpCookie.equals(this, other);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private SetCookie() {
    }

    /**
     * The cookie, empty if it has no name.
     *
     * @param field the value of the field, not {@code null}
     */
    public static Optional<HttpCookie> read(String field) {
        String[] parts = field.split(";", -1); // also within quotes (5.2, step 1)
        StringBuilder readable = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            String attribute = attribute(parts[i].strip());
            if (!attribute.isEmpty() && parse("n=v;" + attribute).isPresent()) {
                readable.append("; ").append(attribute);
            }
        }
        return parse(readable.toString()).map(SetCookie::shared);
    }

    /** A server gives all agents the same cookies, but for their values, and each of them keeps his. */
    private static HttpCookie shared(HttpCookie cookie) {
        Map<String, String> attributes = lastAttributes;
        if (!attributes.equals(cookie.getAttributes())) {
            attributes = cookie.getAttributes();
            lastAttributes = attributes;
        }
        return new Kept(cookie.getName().intern(), cookie.getValue(), attributes);
    }

    private static Optional<HttpCookie> parse(String text) {
        try {
            return Optional.ofNullable(PARSER.parse(text));
        } catch (RuntimeException e) { // a cookie that cannot be read is none, as the specification says
            return Optional.empty();
        }
    }

    /** What of it the parser may see; empty for nothing. */
    private static String attribute(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals).strip();
        String value = equals < 0 ? "" : text.substring(equals + 1).strip();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "secure", "httponly" -> name; // whatever its value
            case "domain" -> with(name, value.startsWith(".") ? value.substring(1) : value);
            case "path" -> value.startsWith("/") ? text : "";
            case "max-age" -> with(name, seconds(value));
            case "expires", "samesite" -> with(name, value);
            default -> "";
        };
    }

    private static String seconds(String value) {
        if (!value.matches("-?\\d+")) {
            return "";
        }
        return value.startsWith("-") ? "0" : value.length() > LONGEST_AGE ? "9".repeat(LONGEST_AGE) : value;
    }

    private static String with(String name, String value) {
        return value.isEmpty() ? "" : name + "=" + value;
    }
}
