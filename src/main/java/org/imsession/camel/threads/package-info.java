/** Order, handing over and timers on threads that others own. Knows nothing of feeds. */
package org.imsession.camel.threads;
