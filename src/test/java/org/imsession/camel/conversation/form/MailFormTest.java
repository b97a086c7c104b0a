package org.imsession.camel.conversation.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Message;
import org.imsession.camel.conversation.Chat;
import org.junit.jupiter.api.Test;

/** As a parser of mails reads it. */
class MailFormTest {

    private static final Map<String, Object> ADDRESSES = Map.of("From", "IM <im@example.com>", "To",
            "archive@example.com, legal@example.com");

    private static MimeMessage parsed(Chat chat, Map<String, Object> headers) throws Exception {
        Message message = Forms.message("mail", chat, headers);
        return new MimeMessage((Session) null, new ByteArrayInputStream(message.getBody(byte[].class)));
    }

    private static String text(Part part) throws Exception {
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Test
    void aMailHasTheTextAndThePageAndBothTextAndJsonAttached() throws Exception {
        Chat chat = Chat.whole().zone("Europe/Berlin").says("alice", "outbound", "M\u00fcller \ud83d\ude00 "
                + "x".repeat(5000));
        MimeMessage mail = parsed(chat, ADDRESSES);
        MimeMultipart all = (MimeMultipart) mail.getContent();
        assertThat(mail.getContentType()).startsWith("multipart/mixed");
        assertThat(all.getCount()).isEqualTo(3);
        MimeMultipart words = (MimeMultipart) all.getBodyPart(0).getContent();
        assertThat(text(words.getBodyPart(0))).isEqualTo(Forms.text(chat));
        assertThat(words.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(text(words.getBodyPart(1))).isEqualTo(Forms.html(chat));
        assertThat(all.getBodyPart(1).getFileName()).isEqualTo("18-20 alice - 5002 (003B).txt");
        assertThat(all.getBodyPart(1).getDisposition()).isEqualTo(Part.ATTACHMENT);
        assertThat(text(all.getBodyPart(1))).isEqualTo(Forms.text(chat));
        assertThat(all.getBodyPart(2).getFileName()).isEqualTo("18-20 alice - 5002 (003B).json");
        assertThat(all.getBodyPart(2).getContentType()).startsWith("application/json");
        assertThat(new JsonMapper().readTree(text(all.getBodyPart(2))).path("id").asText())
                .isEqualTo(chat.built().id());
    }

    @Test
    void theHeadSaysFromWhomToWhomAboutWhatAndWhen() throws Exception {
        MimeMessage mail = parsed(Chat.whole(), ADDRESSES);
        assertThat(mail.getFrom()[0]).hasToString("IM <im@example.com>");
        assertThat(mail.getAllRecipients()).extracting(Object::toString)
                .containsExactly("archive@example.com", "legal@example.com");
        assertThat(mail.getSubject()).isEqualTo("alice with 5002, Saturday, 28 November 2026, 17:20:03 to 17:30:29");
        assertThat(mail.getSentDate().toInstant()).isEqualTo(Chat.whole().built().ended());
        assertThat(parsed(Chat.whole().hole("alice"), ADDRESSES).getSubject()).endsWith(" (not complete)");
        assertThat(parsed(Chat.whole(), Map.of("Subject", "Gr\u00fcn", "Cc", "boss@example.com")).getSubject())
                .isEqualTo("Gr\u00fcn");
    }

    @Test
    void whatComesAgainHasTheSameMessageId() throws Exception {
        String id = parsed(Chat.whole(), ADDRESSES).getMessageID();
        assertThat(id).isEqualTo("<" + Chat.whole().built().key() + "@conversation.imsession>");
        assertThat(parsed(Chat.whole(), ADDRESSES).getMessageID()).isEqualTo(id);
        assertThat(parsed(Chat.whole().says("alice", "inbound", "Late"), ADDRESSES).getMessageID()).isNotEqualTo(id);
    }

    @Test
    void noWordOfOthersBecomesAHeader() throws Exception {
        Chat chat = Chat.of("S").with(Chat.party("5002\r\nBcc: evil@example.com"))
                .data(Map.of("To", "evil@example.com")).state("Talking").says("alice", "unknown",
                "\r\n\r\n--boundary\r\n.\r\n");
        MimeMessage mail = parsed(chat, ADDRESSES);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(2);
        assertThat(mail.getSubject()).contains("\\u000d\\u000aBcc");
    }

    @Test
    void noLineIsTooLongOrEndsInAnotherWay() throws Exception {
        byte[] mail = Forms.message("mail", Chat.whole().says("alice", "inbound", "x\ny".repeat(9000)), ADDRESSES)
                .getBody(byte[].class);
        String text = new String(mail, StandardCharsets.US_ASCII);
        assertThat(text.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r").doesNotContain("\ufffd");
        assertThat(text.lines().mapToInt(String::length).max().orElse(0)).isLessThanOrEqualTo(998);
    }
}
