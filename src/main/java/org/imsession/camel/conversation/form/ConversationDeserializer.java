package org.imsession.camel.conversation.form;

import org.imsession.camel.conversation.IMConversation;
import org.imsession.camel.json.FormDeserializer;

/** Named by {@link JsonOfConversation}, for Jackson 2 to make. */
public final class ConversationDeserializer extends FormDeserializer<IMConversation> {

    private static final long serialVersionUID = 1L;

    public ConversationDeserializer() {
        super(IMConversation.class, ConversationJson.FORM);
    }

    @Override
    protected ConversationDeserializer of(Class<?> type) {
        return this;
    }
}
