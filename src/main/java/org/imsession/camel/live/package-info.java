/**
 * The live page: what is written at this moment, in a browser on this machine, served by camel-cometd. Internal and
 * optional: nothing in the core knows of it, and it runs only where {@code routes/live} is switched on. The feed's
 * threads do no more here than change {@link org.imsession.camel.live.LiveState}, which is short and bounded; one
 * thread of our own tells pages what has changed.
 */
package org.imsession.camel.live;
