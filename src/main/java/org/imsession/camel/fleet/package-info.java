/**
 * Which agents an endpoint follows, and what they share: the HTTP client, threads, the pace of logins. One feed is
 * not explained here, see {@code feed}.
 */
package org.imsession.camel.fleet;
