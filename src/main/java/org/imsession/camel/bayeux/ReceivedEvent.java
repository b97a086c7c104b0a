package org.imsession.camel.bayeux;

/**
 * One event as it came off the wire; the ledger of its session gives it its place.
 *
 * @param channel  the channel it came on, or empty if it was too large or too broken to tell
 * @param json     the bytes of {@code data} as received, or of the whole message if {@code channel} is empty; the
 *                 first ones only if {@code skipped}, none if {@code repeated}. UTF-8 by RFC 8259, unchecked; not
 *                 copied, so do not change them
 * @param size     the length of the message on the wire in bytes
 * @param checksum over those bytes, to tell an event that is sent again from another one in its place
 * @param skipped  whether it was larger than allowed and its rest was thrown away
 * @param repeated whether it stood where one that was received before has to stand, so that its bytes were not kept
 * @param weight   how much memory it needs until it has ended, in bytes, see {@link EventWeight}
 * @param position its number within the Bayeux session, from 0: stable however often the server sends it again;
 *                 negative for an event that came beside the server's queue of acknowledged ones
 * @param again    whether an earlier process, or an earlier start, may have delivered it already
 * @param ledger   where to tell that it has ended; {@code null} before it has its place
 */
public record ReceivedEvent(String channel, byte[] json, long size, int checksum, boolean skipped, boolean repeated,
                            long weight, long position, boolean again, AckLedger ledger) {

    private static final long NOWHERE = -1;

    /** One that has no place yet. */
    ReceivedEvent(String channel, byte[] json, long size, int checksum, boolean skipped, boolean repeated,
                  long weight) {
        this(channel, json, size, checksum, skipped, repeated, weight, NOWHERE, false, null);
    }

    ReceivedEvent(String channel, byte[] json, long size, int checksum, boolean skipped, boolean repeated) {
        this(channel, json, size, checksum, skipped, repeated, EventWeight.of(json));
    }

    /** The same at its place. */
    ReceivedEvent at(long place, boolean maybeAgain, AckLedger keeper) {
        return new ReceivedEvent(channel, json, size, checksum, skipped, repeated, weight, place, maybeAgain, keeper);
    }

    /** Position and size only: an event's text is nobody's business in a log. */
    @Override
    public String toString() {
        return "event " + position + " (" + size + " bytes" + (skipped ? ", skipped)" : ")");
    }
}
