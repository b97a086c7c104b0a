/**
 * Where agents and their passwords are written down: what the option {@code agents} names, the file or text of a team,
 * its placeholders, the file of one password. Internal; what becomes of the agents is {@code fleet}.
 */
package org.imsession.camel.directory;
