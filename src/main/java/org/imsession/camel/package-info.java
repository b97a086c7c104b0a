/**
 * What Camel and a route see: component, configuration, endpoint, consumer, producer, header names, exceptions, and how
 * an event becomes an exchange. API, with {@code spi}, {@code model}, {@code converter} and {@code store}; every other
 * room is internal. Between rooms arrows go down only, and {@code LayersTest} says which is where.
 */
package org.imsession.camel;
