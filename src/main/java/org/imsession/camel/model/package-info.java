/**
 * What travels: the notifications of an agent's IM sessions and the values inside them, as immutable records.
 * Nothing here depends on anything but the JDK; how JSON becomes one of these is {@code org.imsession.camel.json}.
 */
package org.imsession.camel.model;
