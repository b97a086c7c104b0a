package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonToken;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * The tokens of a JSON text that is plain, as the messages of a server nearly always are: nested in no deeper than a
 * word has bits, names without escapes, texts without any but the short ones, whole numbers that a {@code long} holds.
 * It takes no text that {@link JacksonTokens} does not take, and makes the same of it; whatever is not plain, or wrong,
 * is {@linkplain NotPlainException left} to those, who can say what is wrong. A third of their time.
 */
final class PlainTokens implements JsonTokens {

    private static final int MOST_DIGITS = 18;
    /** Jackson refuses names above 50,000 characters; those of messages are short. */
    private static final int LONGEST_NAME = 64;

    private final byte[] json;
    private final KnownNames names;
    private final int maxDepth;
    private final int maxDigits;
    private JsonToken current;
    private int at;
    private int start;
    private int textEnd;
    private String escaped;
    private long number;
    private int depth;
    /** A bit for each level, set for an object. */
    private long objects;
    private boolean first;
    private boolean named;

    /** Says that a text is to be read by Jackson. */
    static final class NotPlainException extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private static final NotPlainException INSTANCE = new NotPlainException();

        private NotPlainException() {
            super(null, null, false, false);
        }
    }

    /**
     * @param json UTF-8 without a fault, not changed
     */
    PlainTokens(byte[] json, KnownNames names, JsonLimits limits) {
        this.json = json;
        this.names = names;
        this.maxDepth = Math.min(limits.maxNestingDepth(), Long.SIZE);
        this.maxDigits = Math.min(limits.maxNumberLength(), MOST_DIGITS);
    }

    @Override
    public JsonToken current() {
        return current;
    }

    @Override
    public JsonToken next() {
        int b = skipBlanks();
        if (depth == 0) {
            require(current == null || b < 0);
            current = b < 0 ? null : value(b);
        } else if (named) {
            named = false;
            current = value(b);
        } else {
            require((objects & 1) == 0);
            current = element(b);
        }
        return current;
    }

    private JsonToken element(int b) {
        if (b == ']') {
            return end(JsonToken.END_ARRAY);
        }
        if (first) {
            return value(b);
        }
        require(b == ',');
        at++;
        return value(skipBlanks());
    }

    @Override
    public String nextName() {
        require(depth > 0 && (objects & 1) != 0 && !named);
        int b = skipBlanks();
        if (b == '}') {
            current = end(JsonToken.END_OBJECT);
            return null;
        }
        if (!first) {
            require(b == ',');
            at++;
            b = skipBlanks();
        }
        require(b == '"');
        int from = at + 1;
        int to = JsonBytes.textStop(json, from);
        require(to < json.length && json[to] == '"' && isName(from, to));
        start = at;
        at = to + 1;
        require(skipBlanks() == ':');
        at++;
        named = true;
        current = JsonToken.FIELD_NAME;
        return names.name(json, from, to);
    }

    private JsonToken value(int b) {
        start = at;
        first = false;
        return switch (b) {
            case '"' -> string();
            case '{' -> begin(1, JsonToken.START_OBJECT);
            case '[' -> begin(0, JsonToken.START_ARRAY);
            case 't' -> literal("true", JsonToken.VALUE_TRUE);
            case 'f' -> literal("false", JsonToken.VALUE_FALSE);
            case 'n' -> literal("null", JsonToken.VALUE_NULL);
            default -> number(b);
        };
    }

    private JsonToken string() {
        int from = at + 1;
        textEnd = JsonBytes.textStop(json, from);
        require(textEnd < json.length);
        escaped = json[textEnd] == '"' ? null : escaped(from);
        at = textEnd + 1;
        return JsonToken.VALUE_STRING;
    }

    private String escaped(int begin) {
        StringBuilder whole = new StringBuilder();
        int from = begin;
        while (json[textEnd] != '"') {
            require(json[textEnd] == '\\' && textEnd + 1 < json.length);
            whole.append(decoded(from, textEnd)).append(unescaped(json[textEnd + 1]));
            from = textEnd + 2;
            textEnd = JsonBytes.textStop(json, from);
            require(textEnd < json.length);
        }
        return whole.append(decoded(from, textEnd)).toString();
    }

    private String decoded(int from, int to) {
        return new String(json, from, to - from, StandardCharsets.UTF_8);
    }

    private static char unescaped(byte b) {
        return switch (b) {
            case '"', '\\', '/' -> (char) b;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw NotPlainException.INSTANCE;
        };
    }

    private JsonToken begin(int object, JsonToken token) {
        require(depth < maxDepth);
        objects = objects << 1 | object;
        depth++;
        first = true;
        at++;
        return token;
    }

    private JsonToken end(JsonToken token) {
        start = at;
        objects >>>= 1;
        depth--;
        first = false;
        at++;
        return token;
    }

    private JsonToken literal(String word, JsonToken token) {
        require(json.length - at >= word.length());
        for (int i = 0; i < word.length(); i++) {
            require(json[at + i] == word.charAt(i));
        }
        at += word.length();
        return token;
    }

    private JsonToken number(int begin) {
        long value = 0;
        int from = at;
        int to = from;
        while (to < json.length && json[to] >= '0' && json[to] <= '9' && to - from <= maxDigits) {
            value = 10 * value + json[to++] - '0';
        }
        at = to;
        require(to > from && to - from <= maxDigits && (begin != '0' || to - from == 1) && isOver());
        number = value;
        return JsonToken.VALUE_NUMBER_INT;
    }

    /** Whether a number ends here, and is no fraction. */
    private boolean isOver() {
        return at == json.length || switch (json[at]) {
            case ',', ']', '}', ' ', '\n', '\r', '\t' -> true;
            default -> false;
        };
    }

    /** The byte at hand; negative at the end. */
    private int skipBlanks() {
        return at < json.length && json[at] > ' ' ? json[at] : skippedBlanks();
    }

    private int skippedBlanks() {
        while (at < json.length) {
            byte b = json[at];
            if (b > ' ') {
                return b;
            }
            require(b == ' ' || b == '\n' || b == '\r' || b == '\t');
            at++;
        }
        return -1;
    }

    private static void require(boolean plain) {
        if (!plain) {
            throw NotPlainException.INSTANCE;
        }
    }

    @Override
    public String text() {
        if (current == JsonToken.VALUE_STRING) {
            return escaped == null ? decoded(start + 1, textEnd) : escaped;
        }
        return decoded(start, at);
    }

    @Override
    public String word() {
        boolean name = current == JsonToken.VALUE_STRING && escaped == null && isName(start + 1, textEnd);
        return name ? names.name(json, start + 1, textEnd) : text();
    }

    private boolean isName(int from, int to) {
        return to - from <= LONGEST_NAME && from + Long.BYTES <= json.length;
    }

    @Override
    public Number whole() {
        if (number == (int) number) {
            return (int) number;
        }
        return number;
    }

    @Override
    public BigDecimal decimal() {
        throw NotPlainException.INSTANCE;
    }

    @Override
    public int start() {
        return start;
    }

    @Override
    public String sentSince(int from) {
        return decoded(from, at);
    }

    /** Nowhere: what is wrong is read again. */
    @Override
    public String place() {
        return "";
    }
}
