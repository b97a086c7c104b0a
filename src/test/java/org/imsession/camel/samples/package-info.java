/**
 * The sample routes of the folder {@code routes}, run as they are against the simulator; the manual held against the
 * component; and an example of how users test routes of their own.
 */
package org.imsession.camel.samples;
