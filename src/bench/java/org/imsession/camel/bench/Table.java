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
    private final List<List<String>> goals = new ArrayList<>();

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

    /** Says beside what was measured whether it is what it is to be. */
    Table goal(String what, Goal goal, Spread measured) {
        goals.add(List.of(what, goal.toString(), measured.toString(), goal.verdict(measured)));
        return this;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        table(text, head, rows);
        if (!goals.isEmpty()) {
            text.append('\n');
            table(text, List.of("goal", "at", "measured (spread of the turns)", "verdict"), goals);
        }
        text.append('\n').append(LocalDate.now()).append(", `").append(command).append("`, ")
                .append(Machine.describe()).append('.');
        notes.forEach(note -> text.append(' ').append(note));
        return text.append('\n').toString();
    }

    private static void table(StringBuilder text, List<String> head, List<List<String>> rows) {
        line(text, head);
        line(text, head.stream().map(each -> each.equals(head.get(0)) ? "---" : "---:").toList());
        rows.forEach(row -> line(text, row));
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
