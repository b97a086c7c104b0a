/**
 * Which agents an endpoint follows or acts for, and what they share: the HTTP client, threads, logins, the pace of
 * logins. One feed is not explained here, see {@code feed}; nor is one operation, see {@code operation}.
 */
package org.imsession.camel.fleet;
