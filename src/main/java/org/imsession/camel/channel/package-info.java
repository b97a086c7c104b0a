/**
 * A channel of the Bayeux session beside that of IM sessions: one feed carries it, and whoever watches it is told. What
 * the channel is about, and what a feed is, is not known here.
 */
package org.imsession.camel.channel;
