/**
 * What users implement or fill: where credentials come from, who is in a team, and the words in which either says why
 * not. API. Knows the model and the files that secrets are in, and nothing that follows an agent.
 */
package org.imsession.camel.spi;
