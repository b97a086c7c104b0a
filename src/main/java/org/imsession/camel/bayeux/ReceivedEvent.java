package org.imsession.camel.bayeux;

/**
 * One event as it came off the wire.
 *
 * @param position its number within the Bayeux session, from 0: stable however often the server sends it again;
 *                 negative for an event that came beside the server's queue of acknowledged ones
 * @param channel  the channel it came on, or empty if it was too large or too broken to tell
 * @param json     the bytes of {@code data} as received, or of the whole message if {@code channel} is empty; the
 *                 first bytes only if {@code skipped}. UTF-8 by RFC 8259, unchecked; not copied, so do not change them
 * @param size     the length of the event on the wire in bytes
 * @param weight   how much memory it needs until it has ended, in bytes, estimated
 * @param skipped  whether the event was larger than allowed and its rest was thrown away
 * @param again    whether an earlier process, or an earlier start, may have delivered it already
 * @param ledger   where to tell that it has ended
 */
public record ReceivedEvent(long position, String channel, byte[] json, long size, long weight, boolean skipped,
                            boolean again, AckLedger ledger) {

    /** Tells that everything this event caused has ended, so that the server may forget it. Idempotent. */
    public void ended() {
        ledger.ended(position);
    }

    /** Position and size only: an event's text is nobody's business in a log. */
    @Override
    public String toString() {
        return "event " + position + " (" + size + " bytes" + (skipped ? ", skipped)" : ")");
    }
}
