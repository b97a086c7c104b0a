/**
 * How the simulated server behaves: values only, no behaviour. What real servers are known to do differently, or what
 * nobody knows about them, is a {@link org.imsession.simulator.settings.GwsSwitch}.
 */
package org.imsession.simulator.settings;
