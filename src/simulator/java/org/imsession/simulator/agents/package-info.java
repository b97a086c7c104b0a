/**
 * What GWS knows of agents and their IM sessions: who may log in, who talks to whom, and the documents that tell of it.
 * Nothing here knows HTTP or CometD; notifications leave through {@link org.imsession.simulator.agents.Outlet}.
 */
package org.imsession.simulator.agents;
