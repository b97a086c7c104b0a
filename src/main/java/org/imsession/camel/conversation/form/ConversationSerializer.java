package org.imsession.camel.conversation.form;

import org.imsession.camel.conversation.IMConversation;
import org.imsession.camel.json.FormSerializer;

/** Named by {@link JsonOfConversation}, for Jackson 2 to make. */
public final class ConversationSerializer extends FormSerializer<IMConversation> {

    private static final long serialVersionUID = 1L;

    public ConversationSerializer() {
        super(IMConversation.class, ConversationJson.FORM);
    }
}
