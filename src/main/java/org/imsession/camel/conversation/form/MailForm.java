package org.imsession.camel.conversation.form;

import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Date;
import org.apache.camel.Message;
import org.imsession.camel.conversation.IMConversation;

/**
 * A conversation as a mail (RFC 5322): the text as its words, with the page of HTML beside it for those who show that,
 * and both the text and the JSON attached. Its date is that of the end of the conversation, and its message id is made
 * of the conversation's key, so an archive that gets it again knows it. Sender and recipients are the headers From, To,
 * Cc and Subject of the exchange, as for camel-mail.
 */
final class MailForm {

    private static final String NOBODY = "imsession@localhost";

    private MailForm() {
    }

    static MimeMessage write(IMConversation conversation, ZoneId zone, Message message) throws MessagingException {
        Transcript transcript = Transcript.of(conversation, zone);
        String name = TranscriptName.of(conversation, zone);
        String file = name.substring(name.indexOf('/') + 1);
        byte[] text = TextForm.write(conversation, zone).getBytes(StandardCharsets.UTF_8);

        MimeMultipart words = new MimeMultipart("alternative");
        words.addBodyPart(part(text, "text/plain; charset=utf-8", "quoted-printable"));
        words.addBodyPart(part(HtmlForm.write(conversation, zone).getBytes(StandardCharsets.UTF_8),
                "text/html; charset=utf-8", "base64"));
        MimeBodyPart body = new MimeBodyPart();
        body.setContent(words);
        MimeMultipart all = new MimeMultipart("mixed");
        all.addBodyPart(body);
        all.addBodyPart(attached(part(text, "text/plain; charset=utf-8", "base64"), file + ".txt"));
        all.addBodyPart(attached(part(ConversationJson.write(conversation), "application/json", "base64"),
                file + ".json"));

        MimeMessage mail = new Identified(conversation.key());
        mail.setFrom(new InternetAddress(header(message, "From", NOBODY), true));
        mail.setRecipients(MimeMessage.RecipientType.TO, header(message, "To", NOBODY));
        mail.setRecipients(MimeMessage.RecipientType.CC, header(message, "Cc", ""));
        mail.setSubject(header(message, "Subject", transcript.title() + ", " + transcript.when()
                + (conversation.complete() ? "" : " (not complete)")), "UTF-8");
        mail.setSentDate(Date.from(conversation.ended()));
        mail.setHeader("X-IMSession-Conversation", conversation.id());
        mail.setContent(all);
        mail.saveChanges();
        return mail;
    }

    static byte[] bytes(MimeMessage mail) throws MessagingException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        mail.writeTo(bytes);
        return bytes.toByteArray();
    }

    private static String header(Message message, String name, String otherwise) {
        String value = message.getHeader(name, String.class);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /** Lines of any length, and no bare line feed, can be sent so. */
    private static MimeBodyPart part(byte[] content, String type, String encoding) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, type)));
        part.setHeader("Content-Transfer-Encoding", encoding);
        return part;
    }

    private static BodyPart attached(MimeBodyPart part, String name) throws MessagingException {
        part.setDisposition(Part.ATTACHMENT);
        part.setFileName(name); // ASCII, see TranscriptName
        return part;
    }

    /** Its id is not drawn anew. */
    private static final class Identified extends MimeMessage {

        private final String id;

        Identified(String id) {
            super((Session) null);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + "@conversation.imsession>");
        }
    }
}
