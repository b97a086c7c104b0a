package org.imsession.camel.conversation.form;

import java.time.ZoneId;
import org.apache.camel.Message;
import org.apache.camel.spi.DataTypeTransformer;
import org.imsession.camel.conversation.IMConversation;

/** To a {@code MimeMessage}, which camel-mail sends as it is; see {@link MailForm}. Needs Jakarta Mail. */
@DataTypeTransformer(name = "imsession:conversation-mime-message",
        description = "Transforms a conversation to a mail for camel-mail")
public final class MimeMessageTransformer extends FormTransformer {

    public MimeMessageTransformer() {
        super("message/rfc822", ".eml");
    }

    @Override
    Object write(IMConversation conversation, ZoneId zone, Message message) throws Exception {
        return MailForm.write(conversation, zone, message);
    }
}
