package org.imsession.camel.conversation.form;

import org.imsession.camel.conversation.IMConversation;
import org.imsession.camel.json.Jackson3Serializer;

/** Named by {@link JsonOfConversation}, for Jackson 3 to make. */
public final class Jackson3ConversationSerializer extends Jackson3Serializer<IMConversation> {

    public Jackson3ConversationSerializer() {
        super(IMConversation.class, ConversationJson.FORM);
    }
}
