package org.imsession.camel.conversation.form;

import org.imsession.camel.conversation.IMConversation;
import org.imsession.camel.json.Jackson3Deserializer;

/** Named by {@link JsonOfConversation}, for Jackson 3 to make. */
public final class Jackson3ConversationDeserializer extends Jackson3Deserializer<IMConversation> {

    public Jackson3ConversationDeserializer() {
        super(IMConversation.class, ConversationJson.FORM);
    }

    @Override
    protected Jackson3ConversationDeserializer of(Class<?> type) {
        return this;
    }
}
