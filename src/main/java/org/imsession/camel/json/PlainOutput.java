package org.imsession.camel.json;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.imsession.camel.json.ValueWriter.Content;

/**
 * One line of JSON, with the escapes of {@link InvisibleEscapes}, as {@link JacksonOutput} has it from Jackson's
 * generator. The characters are looked at once, on their way into a buffer that others used before: half of the time of
 * a generator, which counts and checks what {@link ValueWriter} writes in its right place anyway.
 */
final class PlainOutput implements JsonOutput {

    private static final int USUAL = 2048;
    /** Larger buffers are left to the collector. */
    private static final int LARGEST_SPARE = 8 * USUAL;
    /** A power of two; a thread without a spare buffer makes one. */
    private static final int SPARES = 16;
    private static final AtomicReferenceArray<char[]> SPARE = new AtomicReferenceArray<>(SPARES);

    private static final int LATIN = 0x100;
    /** What stands for a character; {@code null} for one that stands for itself. */
    private static final String[] ESCAPES = new String[LATIN];
    /** Behind a comma, in marks and with a colon. */
    private static final Map<String, char[]> NAMES = MemberPath.documented().stream()
            .collect(Collectors.toMap(Function.identity(), name -> (",\"" + name + "\":").toCharArray()));

    static {
        for (int unit = 0; unit < LATIN; unit++) {
            ESCAPES[unit] = InvisibleEscapes.escape(unit);
        }
    }

    private char[] chars;
    private int size;
    /** Whether a comma stands before what comes next. */
    private boolean comma;

    private PlainOutput(char[] chars) {
        this.chars = chars;
    }

    /** @throws Rejection without its place, if the content holds what is no JSON value */
    static String text(Content content) throws IOException {
        int slot = (int) Thread.currentThread().getId() & SPARES - 1;
        char[] spare = SPARE.getAndSet(slot, null);
        PlainOutput out = new PlainOutput(spare == null ? new char[USUAL] : spare);
        try {
            content.write(new ValueWriter(out));
            return new String(out.chars, 0, out.size);
        } finally {
            if (out.chars.length <= LARGEST_SPARE) {
                SPARE.setRelease(slot, out.chars);
            }
        }
    }

    @Override
    public void beginObject() {
        begin('{');
    }

    @Override
    public void endObject() {
        end('}');
    }

    @Override
    public void beginArray() {
        begin('[');
    }

    @Override
    public void endArray() {
        end(']');
    }

    private void begin(char bracket) {
        room(2);
        separate();
        chars[size++] = bracket;
        comma = false;
    }

    private void end(char bracket) {
        room(1);
        chars[size++] = bracket;
        comma = true;
    }

    private void separate() {
        if (comma) {
            chars[size++] = ',';
        }
    }

    @Override
    public void name(String name) {
        char[] known = NAMES.get(name);
        if (known == null) {
            quoted(name);
            room(1);
            chars[size++] = ':';
        } else {
            int from = comma ? 0 : 1;
            int length = known.length - from;
            room(length);
            System.arraycopy(known, from, chars, size, length);
            size += length;
        }
        comma = false;
    }

    @Override
    public void text(String text) {
        quoted(text);
        comma = true;
    }

    private void quoted(String text) {
        int length = text.length();
        room(length + 3);
        separate();
        char[] to = chars;
        int at = size;
        to[at++] = '"';
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            if (unit >= LATIN || ESCAPES[unit] != null) {
                size = at;
                escaped(text, i);
                return;
            }
            to[at++] = unit;
        }
        to[at++] = '"';
        size = at;
    }

    /** The rest of a text. */
    private void escaped(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char unit = text.charAt(i);
            String escape = unit < LATIN ? ESCAPES[unit] : InvisibleEscapes.escape(unit);
            if (escape != null) {
                put(escape);
            } else if (Character.isSurrogate(unit)) {
                pair(text, i++);
            } else {
                room(1);
                chars[size++] = unit;
            }
        }
        room(1);
        chars[size++] = '"';
    }

    private void pair(String text, int at) {
        if (!Character.isSurrogatePair(text.charAt(at), at + 1 < text.length() ? text.charAt(at + 1) : ' ')) {
            throw new Rejection(WireText.BROKEN_PAIR);
        }
        room(2);
        chars[size++] = text.charAt(at);
        chars[size++] = text.charAt(at + 1);
    }

    @Override
    public void number(Number number) {
        value(number.toString());
    }

    @Override
    public void truth(boolean truth) {
        value(truth ? "true" : "false");
    }

    @Override
    public void nothing() {
        value("null");
    }

    private void value(String json) {
        room(1);
        separate();
        put(json);
        comma = true;
    }

    private void put(String json) {
        int length = json.length();
        room(length);
        json.getChars(0, length, chars, size);
        size += length;
    }

    private void room(int more) {
        if (chars.length - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        chars = Arrays.copyOf(chars, Math.max(2 * chars.length, Math.addExact(size, more)));
    }

    /** Nowhere: what cannot be written is written again, to say where it is. */
    @Override
    public String place() {
        return "";
    }

    @Override
    public String placeOfObject() {
        return "";
    }
}
