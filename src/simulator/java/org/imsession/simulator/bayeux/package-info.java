/**
 * The CometD side of the simulated server: CometD's own {@code BayeuxServer}, its sessions by agent, and what it holds
 * for them. It knows agents by name only, and no HTTP.
 */
package org.imsession.simulator.bayeux;
