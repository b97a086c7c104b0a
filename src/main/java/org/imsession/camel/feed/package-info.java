/**
 * One agent's feed: its state machine, what has been acknowledged, gaps, resynchronisation and session tracking.
 * Nothing here knows Camel.
 */
package org.imsession.camel.feed;
