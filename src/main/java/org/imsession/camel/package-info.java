/**
 * What Camel sees: component, configuration, endpoint, consumer, producer, header names, health and dev console.
 * Everything that can be said without Camel lives in the packages below, in which arrows go down only:
 * {@code converter}, {@code fleet}, {@code operation}, {@code feed}, {@code bayeux}, {@code gws}, {@code json},
 * {@code model}.
 */
package org.imsession.camel;
