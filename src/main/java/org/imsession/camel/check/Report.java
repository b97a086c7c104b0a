package org.imsession.camel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The lines of a check, for a terminal of 80 columns. */
final class Report {

    /** What came of a line. */
    enum Mark {
        /** As it should be. */
        OK("ok"),
        /** Works, and something is to be known about it. */
        NOTE("note"),
        /** Does not work. */
        BAD("BAD"),
        /** Not tried, because something before it does not work. */
        UNTRIED("-");

        private final String sign;

        Mark(String sign) {
            this.sign = sign;
        }
    }

    private static final int COLUMNS = 80;
    private static final String FORMAT = "%-5s %-13s %s";
    private static final String INDENT = " ".repeat(20);

    private final Consumer<String> out;
    private boolean bad;

    Report(Consumer<String> out) {
        this.out = out;
    }

    void line(Mark mark, String name, String text) {
        bad |= mark == Mark.BAD;
        List<String> lines = wrapped(text);
        out.accept(FORMAT.formatted(mark.sign, name, lines.get(0)).stripTrailing());
        lines.stream().skip(1).forEach(each -> out.accept(INDENT + each));
    }

    /** Whether something does not work. */
    boolean isBad() {
        return bad;
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        int width = COLUMNS - INDENT.length();
        while (rest.length() > width) {
            int cut = rest.lastIndexOf(' ', width);
            cut = cut < 1 ? width : cut;
            lines.add(rest.substring(0, cut));
            rest = rest.substring(cut).strip();
        }
        lines.add(rest);
        return lines;
    }
}
