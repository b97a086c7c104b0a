/**
 * The CometD wire of one agent: transport, held acknowledgement, JSON that leaves {@code data} as it came. Nothing here
 * knows what an IM session is, or Camel.
 *
 * <h2>Why CometD's Jetty transport</h2>
 * CometD's client core needs jetty-util and jetty-http whatever carries the requests, so a client of the JDK would not
 * take Jetty off the class path; measured side by side it costs 2 to 4 times the CPU per event and 2.6 to 3 times the
 * heap per session. What breaks is a <em>mix</em> of Jetty versions, so all Jetty jars come from one BOM. The
 * {@code HttpClient} is shared by all agents of a component and keeps no cookies of its own: with Jetty's default store
 * a cookie set by an answer other than 200 would leak from one agent's session into every other's.
 *
 * <h2>Threads</h2>
 * {@link org.imsession.camel.bayeux.BayeuxSessionListener} is called by the HTTP client's threads and by the
 * scheduler's. These calls must return at once; they never run a route.
 */
package org.imsession.camel.bayeux;
