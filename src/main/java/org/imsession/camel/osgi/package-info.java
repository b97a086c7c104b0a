/**
 * The OSGi bundle that this jar is in Apache Karaf, if it is one. The OSGi API is optional: elsewhere none of it is
 * there, and nothing here does anything. Nothing here knows Camel.
 */
package org.imsession.camel.osgi;
