package org.imsession.camel.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.Participant;

/** What an event looks like on the page, cut to what a page can hold: values of JSON, none of which is ever markup. */
final class Shown {

    static final int LONGEST_TEXT = 4_000;
    static final int LONGEST_LAST_TEXT = 160;
    private static final int LONGEST_VALUE = 500;
    private static final int MOST_DATA = 50;

    private Shown() {
    }

    /** At most that many characters, with a mark where some are missing; a pair of surrogates is not parted. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }

    static Map<String, Object> text(Heard heard, String text) {
        Map<String, Object> entry = entry("text", heard.at());
        entry.put("from", heard.direction());
        entry.put("text", cut(text, LONGEST_TEXT));
        if (text.length() > LONGEST_TEXT) {
            entry.put("length", text.length());
        }
        return entry;
    }

    static Map<String, Object> entry(String kind, long at) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", kind);
        entry.put("at", at);
        return entry;
    }

    /** The other parties, as people write their numbers. */
    static String parties(List<Participant> participants) {
        return cut(participants.stream().map(each -> first(each.formattedPhoneNumber(), each.phoneNumber(),
                each.digits(), each.e164Number())).filter(number -> !number.isEmpty()).distinct()
                .collect(Collectors.joining(", ")), LONGEST_LAST_TEXT);
    }

    private static String first(String... numbers) {
        for (String number : numbers) {
            if (!number.isBlank()) {
                return number;
            }
        }
        return "";
    }

    /** The attached data as lines of text. */
    static Map<String, Object> data(IMSession session) {
        Map<String, Object> data = new LinkedHashMap<>();
        session.userData().entrySet().stream().limit(MOST_DATA).forEach(each ->
                data.put(cut(each.getKey(), LONGEST_VALUE), cut(String.valueOf(each.getValue()), LONGEST_VALUE)));
        if (session.userData().size() > MOST_DATA) {
            data.put("…", session.userData().size() - MOST_DATA + " more");
        }
        return data;
    }
}
