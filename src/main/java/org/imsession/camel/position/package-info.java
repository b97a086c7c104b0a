/**
 * Where a feed stands, kept for the next process: the position of its Bayeux session with the cookies of the login, and
 * how far each route is. What is kept in is a {@link org.imsession.camel.position.PositionStore}; nothing here knows
 * what a feed is.
 */
package org.imsession.camel.position;
