/**
 * When something that failed is tried again, and which of its reasons an operator has been told: back-off, the count of
 * failures, the pause before the next connect. Knows nothing of a feed's states.
 */
package org.imsession.camel.recovery;
