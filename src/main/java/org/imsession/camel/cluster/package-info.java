/**
 * What {@code master:} leaves undone for a consumer that it made: a name, a health check, a place in JMX. Knows teams, and
 * no class of the component.
 */
package org.imsession.camel.cluster;
