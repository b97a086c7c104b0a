/**
 * Words made fit for whom or what they go to: the name of a file, a stack trace that is printed, an operator who reads
 * when and how long. Internal; the JDK and the model only. Words of others for a line of a log are
 * {@link org.imsession.camel.model.LogText}, which users may need, too.
 */
package org.imsession.camel.text;
