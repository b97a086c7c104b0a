/**
 * The door of the simulated server: Jetty, one servlet in front of everything, HTTP sessions, credentials, CSRF, the
 * record of requests, and the place where faults happen. Requests and answers are held in memory as a whole, so that a
 * fault can take an answer apart; nothing waits on a thread, so a held {@code /meta/connect} costs none.
 */
package org.imsession.simulator.http;
