package org.imsession.camel.conversation.form;

import java.time.ZoneId;
import org.apache.camel.Message;
import org.apache.camel.spi.DataTypeTransformer;
import org.imsession.camel.conversation.IMConversation;

/** To canonical JSON, in bytes of UTF-8; see {@link ConversationJson}. */
@DataTypeTransformer(name = "imsession:conversation-json",
        description = "Transforms a conversation to its canonical JSON")
public final class JsonTransformer extends FormTransformer {

    public JsonTransformer() {
        super("application/json", ".json");
    }

    @Override
    Object write(IMConversation conversation, ZoneId zone, Message message) {
        return ConversationJson.write(conversation);
    }
}
