/**
 * How options come out of addresses, properties and environments: read exactly, held within bounds, and refused by name
 * with the remedy. Knows Camel, and no class of this component.
 */
package org.imsession.camel.options;
