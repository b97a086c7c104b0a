/**
 * The REST resources under {@code /api/v2}: what an authenticated request does to agents and IM sessions, and what it
 * is answered. Cookies, credentials and CSRF are not known here.
 */
package org.imsession.simulator.rest;
