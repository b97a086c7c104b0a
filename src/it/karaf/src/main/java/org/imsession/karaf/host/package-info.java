/** What an ESB on Karaf does for its routes, in small: one bundle, one Camel context, a folder of route files. */
package org.imsession.karaf.host;
