package org.imsession.camel.bayeux;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;

/**
 * Finds the channel and the data of an event in the bytes of an answer, in one pass and without copying anything else.
 * What is not plainly an event is left to {@link Envelope}. To be used again; not for use by several threads.
 */
final class EventOutline implements JsonSlice.MemberVisitor {

    private static final byte[] CHANNEL = Message.CHANNEL_FIELD.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = Message.DATA_FIELD.getBytes(StandardCharsets.US_ASCII);

    private final ValueEnd values = new ValueEnd();
    private byte[] json;
    /** Those of the last event, and its name made of them: the events of an answer are mostly of one channel. */
    private byte[] channelJson = new byte[0];
    private String channel = "";
    private int channelFrom;
    private int channelTo;
    private int dataFrom;
    private int dataTo;
    private long dataLoad;

    /**
     * Looks at the message that begins there.
     *
     * @return the index behind it; negative if it does not end within the bytes, or is not plainly an event
     */
    int find(byte[] bytes, int begin) {
        json = bytes;
        channelTo = 0;
        dataTo = 0;
        int end = JsonSlice.visit(bytes, begin, values, this);
        return end > 0 && dataTo > 0 && channelTo > 0 && isPlainEvent() ? end : -1;
    }

    @Override
    public void member(int nameFrom, int nameTo, int from, int to, long load) {
        if (is(DATA, nameFrom, nameTo)) {
            dataFrom = from; // of members of one name, the last counts
            dataTo = to;
            dataLoad = load;
        } else if (is(CHANNEL, nameFrom, nameTo)) {
            channelFrom = from;
            channelTo = to;
        }
    }

    private boolean is(byte[] name, int from, int to) {
        return to - from == name.length && Arrays.equals(json, from, to, name, 0, name.length);
    }

    private boolean isPlainEvent() {
        if (!channel.isEmpty()
                && Arrays.equals(json, channelFrom, channelTo, channelJson, 0, channelJson.length)) {
            return true;
        }
        JsonSlice name = new JsonSlice(json, channelFrom, channelTo - channelFrom);
        if (!name.isPlainText() || name.length() == 2 || name.plainText().startsWith(Channel.META + "/")) {
            return false;
        }
        channel = name.plainText();
        channelJson = name.copy();
        return true;
    }

    String channel() {
        return channel;
    }

    byte[] data() {
        return Arrays.copyOfRange(json, dataFrom, dataTo);
    }

    /** See {@link EventWeight}. */
    long weight() {
        return EventWeight.of(dataLoad, dataTo - dataFrom);
    }
}
