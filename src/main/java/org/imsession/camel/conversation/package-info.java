/**
 * A conversation as one record: what one agent's feed told of one IM session, put together when the session is over,
 * from what a database has kept. API. The core knows nothing of it, and nothing of it runs unless a route asks for it;
 * how a conversation is written is {@code conversation.form}.
 */
package org.imsession.camel.conversation;
