/**
 * What goes wrong on purpose: a {@link org.imsession.simulator.fault.Fault} is a value, a
 * {@link org.imsession.simulator.fault.FaultRule} says at which step of the protocol, for whom and how often it
 * happens, and the {@link org.imsession.simulator.fault.FaultScript} of a server holds the rules now in force.
 */
package org.imsession.simulator.fault;
