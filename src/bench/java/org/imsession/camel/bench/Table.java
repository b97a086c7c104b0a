package org.imsession.camel.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a benchmark found: one table in Markdown, with when, where and on what. */
final class Table {

    private static final String COMMAND = "mvn -q -Pbench test-compile exec:java -Dbench=";

    private final String command;
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param benchmark its name; with the properties that are set now, it is what runs it again */
    Table(String benchmark, String... head) {
        this.command = COMMAND + benchmark + System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("bench.")).sorted()
                .map(name -> " -D" + name + "=" + System.getProperty(name)).collect(Collectors.joining());
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
