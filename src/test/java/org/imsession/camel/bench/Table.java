package org.imsession.camel.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a benchmark found: one table in Markdown, with when, where and on what. */
final class Table {

    private final String command;
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param command what runs it again */
    Table(String command, String... head) {
        this.command = command;
        this.head = List.of(head);
    }

    Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    Table note(String note) {
        notes.add(note);
        return this;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        line(text, head);
        line(text, head.stream().map(each -> each.equals(head.get(0)) ? "---" : "---:").toList());
        rows.forEach(row -> line(text, row));
        text.append('\n').append(LocalDate.now()).append(", `").append(command).append("`, ")
                .append(Machine.describe()).append('.');
        notes.forEach(note -> text.append(' ').append(note));
        return text.append('\n').toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
