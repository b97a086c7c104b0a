package org.imsession.camel.bayeux;

import org.imsession.camel.json.JsonBytes;

/**
 * Finds where a JSON value ends, without decoding it, and weighs what is in it on the way: this walk is most of what it
 * takes to split an answer, so there is but one. To be used again; not for use by several threads.
 */
final class ValueEnd {

    private long load;

    /**
     * The index behind the value that begins there.
     *
     * @return {@value JsonSlice#NOWHERE} if the bytes end before
     */
    int find(byte[] json, int from) {
        long sum = 0;
        int depth = 0;
        int at = from;
        while (at < json.length) {
            byte b = json[at];
            if (b == '"') { // most bytes are in texts, and are passed in a loop that asks little
                at = JsonBytes.textEnd(json, at + 1);
                if (at < 0) {
                    return JsonSlice.NOWHERE;
                }
                if (depth == 0) {
                    break;
                }
            } else if (b == ':') {
                sum += EventWeight.MEMBER;
            } else if (b == ',') {
                if (depth == 0) {
                    return found(at, sum);
                }
                sum += EventWeight.ELEMENT;
            } else if (b == '{' || b == '[') {
                depth++;
                sum += EventWeight.CONTAINER;
            } else if (b == '}' || b == ']') {
                if (depth == 0) {
                    return found(at, sum);
                }
                if (--depth == 0) {
                    break;
                }
            } else if (depth == 0 && (b == ' ' || b == '\n' || b == '\r' || b == '\t')) {
                return found(at, sum);
            }
            at++;
        }
        return at < json.length ? found(at + 1, sum) : JsonSlice.NOWHERE;
    }

    private int found(int end, long sum) {
        load = sum;
        return end;
    }

    /** What the lists and maps of the value that was found last weigh, for {@link EventWeight#of(long, int)}. */
    long load() {
        return load;
    }
}
