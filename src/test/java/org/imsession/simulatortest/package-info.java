/**
 * Tests of the simulator, from outside: a plain HTTP client, and CometD's own client as an independent witness.
 */
package org.imsession.simulatortest;
