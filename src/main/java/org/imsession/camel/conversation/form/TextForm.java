package org.imsession.camel.conversation.form;

import java.time.ZoneId;
import org.imsession.camel.conversation.IMConversation;

/**
 * A conversation as text for people: a head, then a line for each text, {@code 18:20:29  alice  Green it is}. A text of
 * several lines goes on further to the right, so that only what was heard begins with a time.
 */
final class TextForm {

    private static final String RULE = "-".repeat(72);
    private static final String INDENT = " ".repeat(10);
    private static final int NAMES = 12;

    private TextForm() {
    }

    static String write(IMConversation conversation, ZoneId zone) {
        Transcript transcript = Transcript.of(conversation, zone);
        StringBuilder text = new StringBuilder();
        line(text, transcript.title());
        line(text, transcript.when());
        line(text, RULE);
        for (Transcript.Fact fact : transcript.facts()) {
            String name = fact.name();
            for (String each : fact.lines()) {
                line(text, name + " ".repeat(NAMES - name.length()) + each);
                name = "";
            }
        }
        line(text, "");
        transcript.notes().forEach(note -> line(text, note));
        line(text, RULE);
        if (conversation.texts().isEmpty()) {
            line(text, "No text was heard.");
        }
        transcript.entries().forEach(entry -> line(text, line(entry)));
        return text.toString();
    }

    private static String line(Transcript.Entry entry) {
        return switch (entry.kind()) {
            case DAY -> "-- " + entry.words() + " --";
            case GAP -> entry.time() + "  -- " + entry.words() + " --";
            case TEXT -> entry.time() + "  " + entry.who() + "  " + entry.words().replace("\n", "\n" + INDENT);
        };
    }

    private static void line(StringBuilder text, String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
