/**
 * Words of others made fit for where they go: the name of a file, a stack trace that is printed. Internal; the JDK and
 * the model only. A line of a log is {@link org.imsession.camel.model.LogText}, which users may need, too.
 */
package org.imsession.camel.text;
