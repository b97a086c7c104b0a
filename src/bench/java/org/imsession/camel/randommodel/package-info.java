/**
 * A random model of the delivery contract: a lying server with the semantics of CometD's ack extension, random routes,
 * and a book that accounts for every number sent. Rounds are drawn from a seed, or written down where one fault is
 * to be shown; {@link org.imsession.camel.randommodel.RandomModel} runs them for as long as you like.
 */
package org.imsession.camel.randommodel;
