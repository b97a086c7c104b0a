package org.imsession.camel.conversation.form;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.apache.camel.Message;
import org.apache.camel.spi.DataTypeTransformer;
import org.imsession.camel.conversation.IMConversation;

/** To text for people, in bytes of UTF-8; see {@link TextForm}. */
@DataTypeTransformer(name = "imsession:conversation-text", description = "Transforms a conversation to text for people")
public final class TextTransformer extends FormTransformer {

    public TextTransformer() {
        super("text/plain; charset=utf-8", ".txt");
    }

    @Override
    Object write(IMConversation conversation, ZoneId zone, Message message) {
        return TextForm.write(conversation, zone).getBytes(StandardCharsets.UTF_8);
    }
}
