/**
 * What travels: the notifications of an agent's IM sessions and the values inside them, as immutable records.
 * Nothing here depends on anything but the JDK, but for annotations that name to Jackson who writes and reads the JSON
 * of a type, which is {@code org.imsession.camel.json}; where Jackson is not, the JVM passes over them.
 */
package org.imsession.camel.model;
