package org.imsession.camel.conversation.form;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.imsession.camel.conversation.ConversationBuilder;
import org.imsession.camel.conversation.IMConversation;
import org.imsession.camel.model.LogText;

/**
 * Writes the body, a conversation or its JSON, in one of the forms; sets the content type, and as CamelFileName the
 * name of the conversation's file. Times are in the zone of the header {@link ConversationBuilder#TIME_ZONE}, else in
 * UTC.
 */
abstract class FormTransformer extends Transformer {

    private final String contentType;
    private final String extension;

    FormTransformer(String contentType, String extension) {
        this.contentType = contentType;
        this.extension = extension;
    }

    /** @throws Exception if it cannot be written */
    abstract Object write(IMConversation conversation, ZoneId zone, Message message) throws Exception;

    /** @throws Exception if the body is neither a conversation nor its JSON, or the zone is none */
    @Override
    public final void transform(Message message, DataType from, DataType to) throws Exception {
        IMConversation conversation = message.getMandatoryBody(IMConversation.class);
        ZoneId zone = zone(message.getHeader(ConversationBuilder.TIME_ZONE, String.class));
        message.setBody(write(conversation, zone, message));
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        message.setHeader(Exchange.FILE_NAME, TranscriptName.of(conversation, zone) + extension);
    }

    private static ZoneId zone(String name) {
        try {
            return name == null || name.isBlank() ? ZoneOffset.UTC : ZoneId.of(name.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("The header " + ConversationBuilder.TIME_ZONE + " is "
                    + LogText.escape(name) + ", which is no time zone; give one such as Europe/Berlin or UTC");
        }
    }
}
