/**
 * A recorder: a proxy between a client and GWS that writes down what the server answers. It changes nothing of an
 * answer
 * but what names the server's address in its head.
 */
package org.imsession.simulator.recorder;
