/**
 * Where agents and their passwords are written down: the file or text of a team, its placeholders, the file of one
 * password. Internal; what becomes of the agents is {@code fleet}.
 */
package org.imsession.camel.directory;
