/** The component in a real Karaf, which runs in a process of its own and is steered over JMX. */
package org.imsession.karaf;
