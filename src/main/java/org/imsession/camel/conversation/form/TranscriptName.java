package org.imsession.camel.conversation.form;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.imsession.camel.conversation.IMConversation;
import org.imsession.camel.text.Sha256;

/**
 * The name of a conversation's file, {@code 2026-11-28/17-20 alice - 5002 (003B)}: day and time of its beginning, the
 * agent, the other party and the end of the session's id. It is ASCII, less than 150 characters long, begins with a
 * digit and ends with a bracket, so no file system refuses it or takes it for a device, and it has one folder, whatever
 * a party or a server calls itself. What cannot stand there as it is gets a tilde and a part of its hash, so different
 * ones stay different.
 */
final class TranscriptName {

    private static final DateTimeFormatter BEGUN = DateTimeFormatter.ofPattern("uuuu-MM-dd/HH-mm", Locale.ROOT);
    private static final int LONGEST = 40;
    private static final int HASH_BYTES = 4;
    private static final int ID_END = 4;

    private TranscriptName() {
    }

    /** Without an extension; the slash parts the folder from the file. */
    static String of(IMConversation conversation, ZoneId zone) {
        ZonedDateTime begun = conversation.begun().atZone(zone);
        return BEGUN.format(begun) + " " + part(conversation.agent()) + " - " + party(conversation)
                + " (" + end(conversation.sessionId()) + ")";
    }

    private static String party(IMConversation conversation) {
        int parties = conversation.parties().size();
        String number = parties == 0 ? "" : IMConversation.number(conversation.parties().get(0));
        String first = number.isEmpty() ? "unknown" : part(number);
        return parties < 2 ? first : first + " and " + (parties - 1) + " more";
    }

    private static String part(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9@._+-]", "_");
        // upper case is not told from lower case everywhere
        boolean itself = plain.equals(name) && !name.isEmpty() && name.length() <= LONGEST
                && name.equals(name.toLowerCase(Locale.ROOT));
        return itself ? name : plain.substring(0, Math.min(LONGEST, plain.length())) + "~" + hash(name);
    }

    /** The last of an id as GWS makes them; anything else, its hash. */
    private static String end(String sessionId) {
        return sessionId.matches("[0-9A-Z]{8,64}") ? sessionId.substring(sessionId.length() - ID_END) : hash(sessionId);
    }

    private static String hash(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_16BE), HASH_BYTES);
    }
}
