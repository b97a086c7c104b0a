/**
 * The first minute: two agents on a simulated GWS, the sample routes as they are, and receivers that show what arrives.
 * Run by {@code mvn -q test-compile exec:java}. Nothing here is a test.
 */
package org.imsession.demo;
