package org.imsession.camel.bayeux;

import java.time.Instant;

/**
 * How far a session has been acknowledged.
 *
 * @param batch   the batch number, 0 if none
 * @param end     the number of events up to its end
 * @param settled everything that the server had before has ended
 */
record Acknowledged(long batch, long end, Instant settled) {
}
