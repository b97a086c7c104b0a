/**
 * Spring Boot: applies {@code camel.component.imsession.*} of the environment and refuses what is no option, since
 * Camel Spring Boot itself reads options only of components that have a starter. Nothing else knows this package, and
 * nothing here knows an option by name; without Spring on the class path it is never loaded.
 */
package org.imsession.camel.springboot;
