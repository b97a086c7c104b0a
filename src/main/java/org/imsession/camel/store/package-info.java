/**
 * Where something lies between two processes: the positions of agents in files, one for each and locked, and private
 * folders for what routes write. API. What a position is, is {@code position}, and nothing here knows.
 */
package org.imsession.camel.store;
