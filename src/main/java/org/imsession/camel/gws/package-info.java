/**
 * GWS over HTTP: logging an agent in, in turn with others, its cookies and CSRF token, the snapshot of its IM sessions,
 * operations. Nothing here knows Bayeux or Camel.
 */
package org.imsession.camel.gws;
