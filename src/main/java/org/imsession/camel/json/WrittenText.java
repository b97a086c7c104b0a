package org.imsession.camel.json;

import java.io.Writer;

/**
 * A text from the buffer in which it was written: a text that fits into it, as nearly all do, is copied once. It takes
 * no more characters than it may have, so that nobody's stream becomes a text without end. Not for use by several
 * threads.
 */
final class WrittenText extends Writer {

    private final int max;
    private String text = "";
    private StringBuilder longer;

    /** @param max the most characters */
    WrittenText(int max) {
        this.max = max;
    }

    /** @throws Rejection if there were too many */
    @Override
    public void write(char[] buffer, int from, int count) {
        if (count > max - (longer == null ? text.length() : longer.length())) {
            throw new Rejection("longer than the " + max + " characters allowed");
        }
        if (longer != null) {
            longer.append(buffer, from, count);
        } else if (text.isEmpty()) {
            text = new String(buffer, from, count);
        } else {
            longer = new StringBuilder(text).append(buffer, from, count);
        }
    }

    @Override
    public void flush() {
        // all is there
    }

    @Override
    public void close() {
        // what was written stays
    }

    @Override
    public String toString() {
        return longer == null ? text : longer.toString();
    }
}
