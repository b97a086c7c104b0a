/**
 * What an operator looks at: health, meters, the dev console. Reads teams and the routes that nodes share; knows no
 * consumer.
 */
package org.imsession.camel.monitor;
