/**
 * The CometD wire of one agent: transport, held acknowledgement, JSON that leaves {@code data} as it came. Nothing
 * here knows what an IM session is, or Camel.
 */
package org.imsession.camel.bayeux;
