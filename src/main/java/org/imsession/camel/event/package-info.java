/**
 * An event on its way from a feed to one of its subscribers, and what that one has been told before: values, and the
 * memory behind them. No thread, timer, setting or state of a feed is known here.
 */
package org.imsession.camel.event;
