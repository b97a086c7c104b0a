/**
 * A conversation as it is written: text for people, JSON, HTML and mail, and the name of its file. Internal; routes
 * name the forms by {@code transformDataType}, and nobody by class. What a party said is text here, never mark-up, a
 * line or a header of its own.
 */
package org.imsession.camel.conversation.form;
