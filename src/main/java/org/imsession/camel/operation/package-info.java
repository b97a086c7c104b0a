/**
 * What an agent does: operations on their way to GWS in the order of each session, the limits that can be checked
 * before they leave, what has to be found out for them, and which notification is the answer to which. Nothing here
 * knows Camel, or how a feed is kept alive.
 *
 * <h2>What cannot be known</h2>
 * GWS answers an operation with "accepted" only, and its notifications carry neither a sender nor a reference to the
 * operation. So a notification is taken for the answer to the oldest operation that it fits: a text to the same text in
 * the same session, changed user data and the end to the same session, a new session to the number that was called.
 * Another program, or the other party, can cause one that fits as well at the same moment.
 *
 * <h2>Threads</h2>
 * Nothing here blocks. Futures complete on threads of the HTTP client, of the feed's workers, or of the scheduler,
 * which must not be held up.
 */
package org.imsession.camel.operation;
