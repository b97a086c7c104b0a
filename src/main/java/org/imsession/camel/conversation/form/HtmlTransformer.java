package org.imsession.camel.conversation.form;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.apache.camel.Message;
import org.apache.camel.spi.DataTypeTransformer;
import org.imsession.camel.conversation.IMConversation;

/** To a page of HTML, in bytes of UTF-8; see {@link HtmlForm}. */
@DataTypeTransformer(name = "imsession:conversation-html", description = "Transforms a conversation to a page of HTML")
public final class HtmlTransformer extends FormTransformer {

    public HtmlTransformer() {
        super("text/html; charset=utf-8", ".html");
    }

    @Override
    Object write(IMConversation conversation, ZoneId zone, Message message) {
        return HtmlForm.write(conversation, zone).getBytes(StandardCharsets.UTF_8);
    }
}
