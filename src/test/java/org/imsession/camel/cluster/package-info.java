/**
 * More than one machine, played by several JVMs on this one: fail-over and sharding, with the sample routes and the
 * cluster settings as they are.
 */
package org.imsession.camel.cluster;
