package org.imsession.camel.conversation.form;

import java.time.ZoneId;
import org.apache.camel.Message;
import org.apache.camel.spi.DataTypeTransformer;
import org.imsession.camel.conversation.IMConversation;

/** To the bytes of a mail (RFC 5322), as archives take them; see {@link MailForm}. Needs Jakarta Mail. */
@DataTypeTransformer(name = "imsession:conversation-mail",
        description = "Transforms a conversation to a mail (RFC 5322)")
public final class MailTransformer extends FormTransformer {

    public MailTransformer() {
        super("message/rfc822", ".eml");
    }

    @Override
    Object write(IMConversation conversation, ZoneId zone, Message message) throws Exception {
        return MailForm.bytes(MailForm.write(conversation, zone, message));
    }
}
