/**
 * Which agents an endpoint follows or acts for, and what they share: the HTTP client, threads, logins, the pace of
 * logins. One feed is not explained here, see {@code feed}; nor is one operation, see {@code operation}.
 *
 * <p>A {@link org.imsession.camel.fleet.Team} follows the agents that an
 * {@link org.imsession.camel.spi.AgentDirectory} names. Directories tell of changes on threads of their own, each of
 * which may wait for a disk; vaults are asked on the credential threads. Carrying a change out waits for nothing.
 */
package org.imsession.camel.fleet;
