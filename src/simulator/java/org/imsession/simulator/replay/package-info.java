/**
 * A recording played again: the answers of the recorded server to whoever asks as the recorded client did. An
 * {@link org.imsession.simulator.replay.AgentReplay} is one agent's part of it, and says in which order.
 */
package org.imsession.simulator.replay;
