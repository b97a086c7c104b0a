/**
 * A server that sends random answers, which unpack to far more than they are on the wire, to a process with a small heap
 * that follows many agents: {@link org.imsession.camel.fuzz.Fuzz} tells how to run it. None of them may end.
 */
package org.imsession.camel.fuzz;
