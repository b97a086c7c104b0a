package org.imsession.camel.bayeux;

/**
 * An event inside an answer, before anybody asked whether it is new.
 *
 * @param channel  the channel, or empty if the message was too large or too broken to read it
 * @param json     the bytes of {@code data}; of the whole message if {@code channel} is empty, the first ones if
 *                 {@code skipped}, none if {@code repeated}
 * @param size     the length of the message in bytes
 * @param checksum over those bytes, to tell an event that is sent again from another one in its place
 * @param skipped  whether it exceeded the limit and its rest was thrown away
 * @param repeated whether it stood where one that was received before has to stand, so that its bytes were not kept
 * @param weight   how much memory it needs until it has ended, in bytes, see {@link EventWeight}
 */
record WireEvent(String channel, byte[] json, long size, int checksum, boolean skipped, boolean repeated,
                 long weight) {

    WireEvent(String channel, byte[] json, long size, int checksum, boolean skipped, boolean repeated) {
        this(channel, json, size, checksum, skipped, repeated, EventWeight.of(json));
    }
}
