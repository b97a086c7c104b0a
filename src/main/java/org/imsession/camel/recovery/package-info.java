/**
 * When something that failed is tried again, and which of its reasons an operator has been told: back-off, the count of
 * failures, logins at the pace of all, the pause before the next connect; and what a route has been given and has not
 * taken. Knows nothing of a feed's states.
 */
package org.imsession.camel.recovery;
