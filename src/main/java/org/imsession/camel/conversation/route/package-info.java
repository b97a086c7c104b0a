/**
 * What the routes of {@code routes/sql} need and neither Camel nor a file of settings can say. Internal; the settings
 * name it by class, and nobody else does. No database, no form and no message is known here.
 */
package org.imsession.camel.conversation.route;
