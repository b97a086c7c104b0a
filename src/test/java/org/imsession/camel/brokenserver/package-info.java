/**
 * A server that breaks the protocol on purpose: wrong, cut, endless, slow or no answers, written byte by byte over a
 * plain socket, because no HTTP library will do that. Knows nothing of GWS, Bayeux or Camel; what is said is up to the
 * test.
 */
package org.imsession.camel.brokenserver;
