/**
 * What the simulated server was asked: every request as a value, and the questions a test asks about them.
 */
package org.imsession.simulator.record;
