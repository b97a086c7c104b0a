package org.imsession.camel.bayeux;

/**
 * An event inside an answer, before anybody asked whether it is new.
 *
 * @param channel the channel, or empty if the message was too large or too broken to read it
 * @param json    the bytes of {@code data}; of the whole message if {@code channel} is empty, the first ones if
 *                {@code skipped}
 * @param size    the length of the message in bytes
 * @param skipped whether it exceeded the limit and its rest was thrown away
 */
record WireEvent(String channel, byte[] json, long size, boolean skipped) {
}
