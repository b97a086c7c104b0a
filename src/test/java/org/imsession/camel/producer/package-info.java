/** Promises of the producer, against the simulator. */
package org.imsession.camel.producer;
