/**
 * How a feed is doing, as those read it who watch it: values only. What makes them is not known here.
 */
package org.imsession.camel.status;
