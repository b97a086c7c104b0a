/**
 * {@code imsession check}: looks at one server as an operator would before going live. A program of its own, which
 * nothing here knows, on the clients of {@code gws} and {@code bayeux}; it knows nothing of Camel.
 */
package org.imsession.camel.check;
