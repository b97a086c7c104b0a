/**
 * A simulator of Genesys Web Services (GWS 8.5.2) for tests and first runs: its REST API as far as IM sessions need it,
 * and its notifications over CometD. {@link org.imsession.simulator.GwsServer} is the server,
 * {@link org.imsession.simulator.GwsSimulator} the same as a JUnit extension,
 * {@link org.imsession.simulator.GwsSimulatorMain} the same for the command line. Nothing here depends on the component
 * it was made to test.
 */
package org.imsession.simulator;
